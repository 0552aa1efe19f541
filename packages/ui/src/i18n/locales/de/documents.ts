import type en from '../en/documents.ts'

export default { documents: {} } satisfies typeof en

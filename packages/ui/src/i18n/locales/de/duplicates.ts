import type en from '../en/duplicates.ts'

export default { duplicates: {} } satisfies typeof en

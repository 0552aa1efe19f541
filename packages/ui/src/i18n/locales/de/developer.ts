import type en from '../en/developer.ts'

export default { developer: {} } satisfies typeof en

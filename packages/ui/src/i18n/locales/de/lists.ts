import type en from '../en/lists.ts'

export default { lists: {} } satisfies typeof en

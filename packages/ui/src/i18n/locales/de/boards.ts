import type en from '../en/boards.ts'

export default { boards: {} } satisfies typeof en

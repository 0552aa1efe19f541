import type en from '../en/transfer.ts'

export default { transfer: {} } satisfies typeof en

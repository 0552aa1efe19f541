import type en from '../en/kinds.ts'

export default { kinds: {} } satisfies typeof en

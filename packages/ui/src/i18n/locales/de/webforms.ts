import type en from '../en/webforms.ts'

export default { webforms: {} } satisfies typeof en

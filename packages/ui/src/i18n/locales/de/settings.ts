import type en from '../en/settings.ts'

export default { settings: {} } satisfies typeof en

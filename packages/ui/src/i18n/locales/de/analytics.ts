import type en from '../en/analytics.ts'

export default { analytics: {} } satisfies typeof en

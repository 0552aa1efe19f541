import type en from '../en/filters.ts'

export default { filters: {} } satisfies typeof en

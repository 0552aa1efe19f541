import type en from '../en/fields.ts'

export default { fields: {} } satisfies typeof en

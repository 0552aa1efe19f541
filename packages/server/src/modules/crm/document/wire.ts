import { itemWire, legacyWire, type Wire } from '../../../schema/wire.ts'

/** Rows of the document generator: camelCase names, values as texts, null for what is not there. */
export const documentWire: Wire = {
  ...itemWire,
  value: (value, field, context) =>
    value === null || value === undefined ? null : legacyWire.value(value, field, context),
  absent: () => null,
}

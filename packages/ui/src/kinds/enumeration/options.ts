import type { Field } from '../../model/fields.ts'

/** The text of an option; its id where there is no such option any more. */
export const optionText = (field: Pick<Field, 'items'>, id: unknown): string =>
  field.items?.find(({ ID }) => ID === String(id))?.VALUE ?? (Number(id) > 0 ? `#${String(id)}` : '')

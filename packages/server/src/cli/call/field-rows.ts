import type { Row } from '../output/cell.ts'

const yes = (value: unknown): string => (value === true || value === 'Y' ? 'yes' : '')

/** Fields as lines: their name, type and title, and what may be done with them. People's and departments' have titles only. */
export function fieldRows(result: unknown): Row[] {
  if (typeof result !== 'object' || result === null) return []
  return Object.entries(result).map(([field, about]: [string, unknown]) => {
    if (typeof about !== 'object' || about === null) return { field, title: about }
    const { type, title, formLabel, isRequired, isReadOnly, isMultiple } = about as Record<string, unknown>
    return {
      field,
      type,
      title: formLabel ?? title ?? '',
      required: yes(isRequired),
      readOnly: yes(isReadOnly),
      multiple: yes(isMultiple),
    }
  })
}

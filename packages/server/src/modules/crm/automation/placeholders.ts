/**
 * `{=Document:TITLE}`, as robots' properties have it (api-reference/bizproc/bizproc-activity/bizproc-activity-add.md),
 * and the shorter `{{TITLE}}`; `{=my_robot:answer}` and `{{my_robot:answer}}` stand for what a robot has returned.
 * What stands behind a `>` says how to show the value and is read over.
 */
const PLACEHOLDER =
  /\{=\s*([\w.-]+)\s*:\s*([A-Za-z]\w*)\s*(?:>[^{}]*)?\}|\{\{\s*(?:([\w.-]+)\s*:\s*)?([A-Za-z]\w*)\s*(?:>[^{}]*)?\}\}/g
const WHOLE = new RegExp(`^(?:${PLACEHOLDER.source})$`)

/** What a name stands for; undefined for a name that nothing has, whose placeholder stays as it was written. */
export type Lookup = (source: string, name: string) => unknown

const RECORD = 'Document'
export const isRecord = (source: string): boolean => source.toLowerCase() === RECORD.toLowerCase()

export const hasPlaceholder = (value: unknown): boolean => {
  if (typeof value === 'string') return value.search(PLACEHOLDER) >= 0
  return typeof value === 'object' && value !== null && Object.values(value).some(hasPlaceholder)
}

/** A text with the placeholders in it replaced; `encode` makes each value fit for its surroundings. */
export const fillText = (text: string, lookup: Lookup, encode: (value: string) => string = (value) => value): string =>
  text.replace(PLACEHOLDER, (written: string, robot?: string, output?: string, source?: string, name?: string) => {
    const found = lookup(robot ?? source ?? RECORD, output ?? name ?? '')
    return found === undefined ? written : encode(wordsOf(found))
  })

/** The same in all texts of a value. A placeholder that is a whole text becomes the value itself: a number, a list. */
export function fill(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') {
    const [, robot, output, source, name] = WHOLE.exec(value.trim()) ?? []
    const whole = output ?? name
    if (whole === undefined) return fillText(value, lookup)
    const found = lookup(robot ?? source ?? RECORD, whole)
    return found === undefined ? value : found
  }
  if (Array.isArray(value)) return value.map((each) => fill(each, lookup))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, lookup)]))
}

/** A value as it stands in a text: lists with commas, of phones and e-mails the address alone. */
export function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Y' : 'N'
  if (Array.isArray(value)) return value.map(wordsOf).join(', ')
  if (typeof value !== 'object') return String(value)
  const { VALUE, value: inner } = value as { VALUE?: unknown; value?: unknown }
  return wordsOf(VALUE ?? inner)
}

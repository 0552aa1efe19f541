import type { Values } from '../function.ts'

/** Names with a few words about each; also in maps and lists. */
export type Described = string | readonly Described[] | { readonly [name: string]: Described }

/** A function that shows a structure: every value is a description, or empty where `--empty true` is given. */
export const structure =
  (fields: { readonly [name: string]: Described }) =>
  ({ empty }: Values): unknown =>
    shown(fields, empty === true)

function shown(value: Described, isEmpty: boolean): unknown {
  if (typeof value === 'string') return isEmpty ? '' : `<${value}>`
  if (Array.isArray(value)) return value.map((each: Described) => shown(each, isEmpty))
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each as Described, isEmpty)]))
}

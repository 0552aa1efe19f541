import { placeholderIn } from '../placeholders.ts'
import { DATE, MONEY } from '../value-shapes.ts'

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'map'

export type Tree = Readonly<Record<string, unknown>>

export const typeOf = (value: unknown): JsonType =>
  value === null || value === undefined
    ? 'null'
    : Array.isArray(value)
      ? 'list'
      : typeof value === 'object'
        ? 'map'
        : (typeof value as 'boolean' | 'number' | 'string')

export const isMap = (value: unknown): value is Tree => typeOf(value) === 'map'
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** A map whose keys are ids: they differ from portal to portal. PHP answers an empty one as a list. */
export const isById = (value: unknown): boolean =>
  isMap(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => /^\d+$/.test(key))

/** Fields that somebody has made in one portal. */
export const isPortalsOwn = (key: string): boolean =>
  /^(UF_|ufCrm|ufUsr|PARENT_ID_\d|parentId\d|PROPERTY_\d|property\d)/.test(key)

/** The format of a text, where it has one that clients may rely on; empty for any other text. */
export function formatOf(text: string): string {
  const placeholder = placeholderIn(text)
  if (placeholder?.kind === 'url') return 'URL'
  if (placeholder !== undefined && placeholder.kind !== 'date') return ''
  if (DATE.test(text)) return dateFormat(text)
  if (MONEY.test(text)) return 'money (amount|CUR)'
  return /^https?:\/\/\S+$/.test(text) ? 'URL' : ''
}

/** `yyyy-mm-ddThh:mm:ss+hh:mm`. Any zone is like any other, but for how it is written. */
const dateFormat = (text: string): string =>
  text
    .replace(/^\d{4}-\d\d-\d\d/, 'yyyy-mm-dd')
    .replace(/^\d\d\.\d\d\.\d{4}/, 'dd.mm.yyyy')
    .replace(/\d\d:\d\d:\d\d/, 'hh:mm:ss')
    .replace(/([T ])\d\d:\d\d/, '$1hh:mm')
    .replace(/\.\d+/, '.s')
    .replace(/[+-]\d\d:\d\d$/, '+hh:mm')
    .replace(/[+-]\d{4}$/, '+hhmm')

/** How the formats of two texts differ; undefined where they do not. What is empty has the format of anything. */
export function formatDifference(recorded: string, own: string): readonly [string, string] | undefined {
  if (recorded === '' || own === '' || placeholderIn(recorded)?.kind === 'secret') return undefined
  const [there, here] = [formatOf(recorded), formatOf(own)]
  if (there !== here) return [there || 'text', here || 'text']
  return placesDifference(recorded, own)
}

const DECIMAL = /^-?\d+(?:\.(\d+))?$/

/** `12.50` is written in two places, always; `12.5` is not. */
function placesDifference(recorded: string, own: string): readonly [string, string] | undefined {
  const [there, here] = [DECIMAL.exec(recorded), DECIMAL.exec(own)]
  if (there === null || here === null) return undefined
  const [places, ours] = [there[1]?.length ?? 0, here[1]?.length ?? 0]
  if (places === ours) return undefined
  const isFixed = /\.\d*0$/.test(recorded) || /\.\d*0$/.test(own)
  return Number(recorded) === Number(own) || isFixed
    ? [`${places} decimal places`, `${ours} decimal places`]
    : undefined
}

import type { Field } from '../../model/fields.ts'
import { settingsOf } from '../kind.ts'

/** A phone, e-mail, address of a page or a messenger, as rows of `fm` show it; without an id it is new. */
export interface Point {
  readonly id?: number
  readonly typeId: string
  readonly valueType: string
  readonly value: string
}

export const isPoint = (value: unknown): value is Point =>
  typeof value === 'object' && value !== null && 'typeId' in value && 'valueType' in value

export const POINT_TYPES = ['PHONE', 'EMAIL', 'WEB', 'IM'] as const
export type PointType = (typeof POINT_TYPES)[number]

/** What each is called and used for, in the documented order (api-reference/crm/data-types.md, "crm_multifield"). */
export const VALUE_TYPES: Readonly<Record<PointType, readonly string[]>> = {
  PHONE: ['WORK', 'MOBILE', 'FAX', 'HOME', 'PAGER', 'MAILING', 'OTHER'],
  EMAIL: ['WORK', 'HOME', 'MAILING', 'OTHER'],
  WEB: ['WORK', 'HOME', 'FACEBOOK', 'VK', 'LIVEJOURNAL', 'TWITTER', 'OTHER'],
  IM: [
    'FACEBOOK',
    'TELEGRAM',
    'VK',
    'SKYPE',
    'VIBER',
    'INSTAGRAM',
    'BITRIX24',
    'OPENLINE',
    'JABBER',
    'ICQ',
    'MSN',
    'OTHER',
  ],
}

/** A part of `fm` stands on cards as a field of its own: it says which. */
export const partOf = (field: Field): PointType | undefined => {
  const { typeId } = settingsOf(field)
  return POINT_TYPES.find((type) => type === typeId)
}

/** What a field shows of all contact points. */
export function pointsOf(value: unknown, field: Field): Point[] {
  const type = partOf(field)
  return (Array.isArray(value) ? value : [])
    .filter(isPoint)
    .filter(({ typeId }) => type === undefined || typeId === type)
}

/** `fm` as `crm.item.update` takes it: by id what has changed, an empty value where one is to go, `n0` … what is new. */
export function writePoints(value: unknown, before: unknown): Record<string, Omit<Point, 'id'>> {
  const now = (Array.isArray(value) ? value : []).filter(isPoint)
  const then = (Array.isArray(before) ? before : []).filter(isPoint)
  const asked: Record<string, Omit<Point, 'id'>> = {}
  for (const [index, { id, typeId, valueType, value: text }] of now.entries()) {
    const old = then.find((each) => each.id === id)
    if (id === undefined) {
      if (text.trim() !== '') asked[`n${index}`] = { typeId, valueType, value: text.trim() }
    } else if (old === undefined || old.value !== text || old.valueType !== valueType)
      asked[String(id)] = { typeId, valueType, value: text.trim() }
  }
  for (const { id, typeId, valueType } of then)
    if (id !== undefined && !now.some((each) => each.id === id)) asked[String(id)] = { typeId, valueType, value: '' }
  return asked
}

/** Where a click on it leads. */
export function hrefOf({ typeId, value }: Point): string | undefined {
  switch (typeId) {
    case 'PHONE':
      return `tel:${value.replace(/[^\d+*#,;]/g, '')}`
    case 'EMAIL':
      return `mailto:${value}`
    case 'WEB':
      return /^https?:\/\//i.test(value)
        ? value
        : /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(value)
          ? `https://${value}`
          : undefined
    default:
      return undefined
  }
}

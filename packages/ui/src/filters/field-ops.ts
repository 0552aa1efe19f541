import type { Field } from '../model/fields.ts'
import type { Op } from './condition.ts'

/** Ways to ask, each with a Filter of its own (kinds/filters.ts); what is plain needs no values. */
export type Asked = 'text' | 'number' | 'date' | 'choice' | 'user' | 'link' | 'plain'

interface Way {
  readonly asked: Asked
  /** What may be asked, the usual first. */
  readonly ops: readonly Op[]
}

const way = (asked: Asked, ...ops: Op[]): Way => ({ asked, ops })
const text = way('text', 'contains', 'equals', 'empty', 'filled')
const number = way('number', 'range', 'equals', 'empty', 'filled')
/** Fields that always hold a number: without one it is 0. */
const amount = way('number', 'range', 'equals')
const date = way('date', 'period', 'range', 'last', 'next', 'before', 'empty', 'filled')
/** Moments that every record has. */
const moment = way('date', 'period', 'range', 'last', 'next', 'before')
const choice = way('choice', 'any', 'none', 'empty', 'filled')
/** Choices of which one is always taken. */
const always = way('choice', 'any', 'none')
const user = way('user', 'any', 'none', 'empty', 'filled')
const person = way('user', 'any', 'none')
const yesNo = way('plain', 'yes', 'no')
const link = way('link', 'any', 'none', 'empty', 'filled')

const byType: Readonly<Record<string, Way>> = {
  string: text,
  text,
  url: text,
  address: text,
  location: text,
  crm_multifield: text,
  integer: number,
  double: number,
  // The API compares sums with their currency as they are written.
  money: way('text', 'equals', 'empty', 'filled'),
  iblock_element: number,
  iblock_section: number,
  date,
  datetime: date,
  boolean: yesNo,
  char: yesNo,
  enumeration: choice,
  crm_status: choice,
  crm_currency: choice,
  crm_category: always,
  user,
  employee: user,
  crm: link,
  crm_entity: link,
  file: way('plain', 'filled', 'empty'),
}

/** System fields that are never empty, or whose values are codes although their type is a text. */
const byName: Readonly<Record<string, Way>> = {
  id: way('number', 'equals', 'range'),
  createdTime: moment,
  updatedTime: moment,
  opportunity: amount,
  taxValue: amount,
  revenue: amount,
  stageId: always,
  stageSemanticId: always,
  assignedById: person,
  createdBy: person,
  updatedBy: person,
}

/** How a field is asked about: by its kind. Types of applications are compared as they are. */
export function wayOf({ name, type, isDynamic }: Pick<Field, 'name' | 'type' | 'isDynamic'>): Way {
  const own = isDynamic || !Object.hasOwn(byName, name) ? undefined : byName[name]
  if (own !== undefined) return own
  if (Object.hasOwn(byType, type)) return byType[type] ?? text
  return /^crm_(?:lead|deal|contact|company|quote|dynamic|smart)/.test(type)
    ? link
    : way('text', 'equals', 'empty', 'filled')
}

/** Whether a field's values are records. */
export const isLink = (field: Pick<Field, 'name' | 'type' | 'isDynamic'>): boolean => wayOf(field).asked === 'link'

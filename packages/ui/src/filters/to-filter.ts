import type { RecordType } from '../model/record-types.ts'
import type { Status } from '../model/statuses.ts'
import { type Condition, isComplete, ME } from './condition.ts'
import { addDays, dayIn, daysOf } from './period.ts'

/** What a filter is about and whose it is: the same words mean other records to another person, tomorrow, or elsewhere. */
export interface Asking {
  readonly type: RecordType
  readonly statuses: readonly Status[]
  readonly me: number
  /** The portal's time zone. */
  readonly zone: string
  readonly now: number
}

type ItemFilter = Record<string, unknown>

/** Types whose records hold what a person would look for in one text (`searchContent`), phones and e-mails included. */
const SEARCHED: ReadonlySet<string> = new Set(['lead', 'deal', 'contact', 'company', 'quote'])
/** Types whose records know by themselves whether they are won, lost or open. */
const SEMANTIC: ReadonlySet<string> = new Set(['lead', 'deal'])
const POINTS: ReadonlySet<string> = new Set(['lead', 'contact', 'company'])

/** First moment of a day to its last; the portal reads both by its own clock, dates and moments alike. */
function between(field: string, from: string, to: string): ItemFilter {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(from || to)
  const [first, last] = isDay ? [`${from}T00:00:00`, `${to}T23:59:59`] : [from, to]
  // Of several values, one is to lie within: two conditions would be met by one on each side.
  if (from !== '' && to !== '') return { [`><${field}`]: [first, last] }
  return from === '' ? { [`<=${field}`]: last } : { [`>=${field}`]: first }
}

/** Stages that mean the same in all pipelines of a type: P is in progress, S is success, F is failure. */
function stagesThatMean(semantics: readonly string[], { type, statuses }: Asking): string[] {
  const directories = new Set(type.pipelines.map(({ stageDirectory }) => stageDirectory))
  return statuses
    .filter(({ ENTITY_ID, SEMANTICS }) => directories.has(ENTITY_ID) && semantics.includes(SEMANTICS ?? 'P'))
    .map(({ STATUS_ID }) => STATUS_ID)
}

function one({ field, op, value }: Condition, asking: Asking): ItemFilter {
  const [first = '', second = ''] = value
  const today = dayIn(asking.zone, asking.now)
  switch (op) {
    case 'any':
    case 'none': {
      const sign = op === 'any' ? '@' : '!@'
      if (field === 'stageSemanticId' && !SEMANTIC.has(asking.type.name))
        return { [`${sign}${asking.type.stageField ?? 'stageId'}`]: stagesThatMean(value, asking) }
      return { [`${sign}${field}`]: value.map((each) => (each === ME ? String(asking.me) : each)) }
    }
    case 'contains':
      return { [`%${field}`]: first }
    case 'equals':
      return { [`=${field}`]: first }
    case 'empty':
      return { [`=${field}`]: '' }
    case 'filled':
      return { [`!=${field}`]: '' }
    case 'yes':
      return { [`=${field}`]: 'Y' }
    case 'no':
      return { [`!=${field}`]: 'Y' }
    case 'range':
      return between(field, first, second)
    case 'period': {
      const days = daysOf(first, today)
      return days === undefined ? {} : between(field, ...days)
    }
    case 'last':
      return between(field, addDays(today, 1 - Number(first)), today)
    case 'next':
      return between(field, today, addDays(today, Number(first) - 1))
    case 'before':
      return between(field, '', addDays(today, -Number(first) - 1))
  }
}

/** Every word of what is looked for, anywhere in what is known of a record; a number is a record's id or a phone. */
export function searchGroups(search: string, { name }: RecordType): readonly ItemFilter[] {
  const text = search.trim().replace(/\s+/g, ' ').slice(0, 200)
  if (text === '') return []
  const at = SEARCHED.has(name) ? '%searchContent' : '%title'
  const words = text.split(' ').slice(0, 8)
  const id = /^#?(\d{1,15})$/.exec(text)?.[1]
  const digits = text.replace(/[^\d]/g, '')
  const isPhone = POINTS.has(name) && digits.length >= 5 && /^[+\d\s()./-]+$/.test(text)
  if (id === undefined && !isPhone) return words.map((word) => ({ [at]: word }))
  return [
    {
      logic: 'OR',
      [at]: text,
      ...(id === undefined ? {} : { '=id': id }),
      ...(isPhone ? { '%phone': [...new Set([text, digits, digits.replace(/^00/, '')])] } : {}),
    },
  ]
}

/**
 * What `crm.item.list` and `portico.item.totals` take for `filter`. What is looked for stands in groups of its own,
 * under numbers, so that several words may be asked of one field.
 */
export function toFilter(conditions: readonly Condition[], search: string, asking: Asking): ItemFilter {
  const filter: ItemFilter = Object.assign({}, ...conditions.filter(isComplete).map((each) => one(each, asking)))
  for (const [index, group] of searchGroups(search, asking.type).entries()) filter[String(index)] = group
  return filter
}

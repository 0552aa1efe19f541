import { readFilter } from '../../methods/conditions.ts'
import { itemEntity } from '../../methods/crud.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, method, need, take } from '../../methods/method.ts'
import { type GroupBy, totals } from '../../records/record-totals.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import type { Scalar } from '../../schema/kind.ts'
import { isPeriodUnit, periodUnits } from '../../schema/periods.ts'
import { itemWire } from '../../schema/wire.ts'

const MOST_GROUPINGS = 3
const MOST_SUMS = 10

const refused = (text: string): ApiError => new ApiError('INVALID_ARG_VALUE', 400, text)

/** Names of fields, each once. */
function namesOf(name: string, given: readonly unknown[] | undefined, most: number): string[] {
  const names = given ?? []
  if (names.length > most) throw refused(`Invalid ${name}: more than ${most} fields`)
  const texts = names.map((each) => {
    if (typeof each !== 'string' || each === '') throw refused(`Invalid ${name}: names of fields are expected`)
    return each
  })
  if (new Set(texts).size < texts.length) throw refused(`Invalid ${name}: a field is named twice`)
  return texts
}

function fieldOf(entity: Entity, parameter: string, name: string): Field {
  const field = itemWire.find(entity, name)
  if (field === undefined || field.place.in !== 'column')
    throw refused(`Invalid ${parameter}: field '${name.slice(0, 100)}' is not allowed in ${parameter}`)
  return field
}

/** `stageId`, or `createdTime:month`. */
function groupingOf(entity: Entity, text: string): GroupBy {
  const [name = '', unit, ...rest] = text.split(':')
  const field = fieldOf(entity, 'groupBy', name)
  if (field.kind.holdsFile === true)
    throw refused(`Invalid groupBy: field '${name.slice(0, 100)}' is not allowed in groupBy`)
  if (unit === undefined) return { field }
  const isTime = field.kind.name === 'datetime' || field.kind.name === 'date'
  if (!isTime || !isPeriodUnit(unit) || rest.length > 0)
    throw refused(`Invalid groupBy: dates can be taken by ${periodUnits.join(', ')}, as in 'createdTime:month'`)
  return { field, unit }
}

function summedOf(entity: Entity, name: string): Field {
  const field = fieldOf(entity, 'sum', name)
  if (field.kind.sum === undefined) throw refused(`Invalid sum: field '${name.slice(0, 100)}' is no number`)
  return field
}

const shown = ({ field, unit }: GroupBy, value: Scalar, call: Call): unknown =>
  unit === undefined ? itemWire.value(value, field, call.encode) : value

/** What boards, lists and analytics show in sums: counted where the records are. */
export const itemTotals = method({
  name: 'portico.item.totals',
  scope: 'crm',
  params: { entityTypeId: need.integer, filter: take.any, groupBy: take.list, sum: take.list },
  run: ({ entityTypeId, filter, groupBy, sum }, call) =>
    inStyle(itemStyle, 'read', async () => {
      const entity = await itemEntity(call, entityTypeId)
      const names = namesOf('groupBy', groupBy, MOST_GROUPINGS)
      const summed = namesOf('sum', sum, MOST_SUMS)
      const groupings = names.map((name) => groupingOf(entity, name))
      const found = await totals(call, entity, {
        test: readFilter(entity, itemWire, filter, { zone: call.portal.zone }),
        groupBy: groupings,
        sums: summed.map((name) => summedOf(entity, name)),
      })
      return {
        currencyId: found.currencyId,
        groups: found.groups.map(({ values, count, sums }) => ({
          key: Object.fromEntries(
            groupings.map((grouping, index) => [names[index], shown(grouping, values[index] ?? null, call)]),
          ),
          count,
          sums: Object.fromEntries(summed.map((name, index) => [name, sums[index]])),
        })),
      }
    }),
})

import { useQueryClient } from '@tanstack/vue-query'
import { computed, type ComputedRef, onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import { onHappened } from '../api/live.ts'
import type { Condition } from '../filters/condition.ts'
import { i18n } from '../i18n/index.ts'
import { money, number } from '../model/format.ts'
import { usePeople } from '../model/people.ts'
import { type Status, useDirectory } from '../model/statuses.ts'
import type { Figure, Series, Tone } from './chart/figure.ts'
import { type Days, firstOf, type Piece, piecesOf, type Unit, unitFor } from './periods.ts'
import { by, countOf, type Group, sumOf, type Asked, useStageStatistics, useTotals } from './totals.ts'
import type { View } from './use-view.ts'

type Outcome = 'P' | 'S' | 'F'
const outcomes: readonly (readonly [Outcome, Tone])[] = [
  ['S', 'won'],
  ['P', 'open'],
  ['F', 'lost'],
]

/** Milliseconds between two looks at what has changed meanwhile. */
const CALM = 15_000

/** A million records are not counted anew with every change: what has changed shows after a while. */
function useCalmUpdates(view: View): void {
  const client = useQueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  onHappened(({ entityTypeId }) => {
    if (entityTypeId !== view.type.value?.entityTypeId) return
    timer ??= setTimeout(() => {
      timer = undefined
      void client.invalidateQueries({ queryKey: ['analytics', entityTypeId] })
    }, CALM)
  })
  onScopeDispose(() => clearTimeout(timer))
}

const dayText = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(i18n.global.locale.value, { timeZone: 'UTC', ...options }).format(new Date(day))
const pieceText = (unit: Unit, { first, days }: Piece, isLong: boolean): string =>
  unit === 'month'
    ? dayText(first, { month: 'short', year: isLong ? 'numeric' : '2-digit' })
    : dayText(days[0], { day: 'numeric', month: 'short' })

const short = (value: number): string =>
  new Intl.NumberFormat(i18n.global.locale.value, { notation: 'compact', maximumFractionDigits: 1 }).format(value)

/** Everything that the page counts, and what is drawn of it. */
export function useFigures(view: View) {
  const { t } = useI18n()
  const { data: people } = usePeople()
  const sources = useDirectory('SOURCE')
  const stages = useDirectory(() => view.pipeline.value?.stageDirectory)
  useCalmUpdates(view)

  const amount = computed(() => (view.type.value?.hasProducts === true ? 'opportunity' : undefined))
  const sum = computed(() => (amount.value === undefined ? [] : [amount.value]))
  const stageField = computed(() => view.type.value?.stageField ?? 'stageId')
  const asked = (groupBy: () => readonly string[] | undefined, days: () => Days | undefined = () => view.days.value) =>
    computed<Asked | undefined>(() => {
      const names = groupBy()
      const { value: type } = view.type
      if (type === undefined || names === undefined || !view.has('id')) return undefined
      return { entityTypeId: type.entityTypeId, filter: view.filterFor(days()), groupBy: names, sum: sum.value }
    })

  // Without an end on either side, the time is that between the first and the last.
  const months = useTotals(asked(() => [`${view.dateField.value}:month`, stageField.value]))
  const span = computed<Days | undefined>(() => {
    if (view.days.value !== undefined) {
      // What is still to come has no past to show; only what is planned has.
      const [from, to] = view.days.value
      const { today } = view
      return view.dateField.value === 'closedate' || to <= today.value || from > today.value
        ? [from, to]
        : [from, today.value]
    }
    const found = months.data.value?.groups.map(({ key }) => String(key[`${view.dateField.value}:month`] ?? '')) ?? []
    const first = found.filter((day) => day !== '').toSorted()[0]
    return first === undefined ? undefined : [first, view.today.value]
  })
  const unit = computed<Unit>(() => (span.value === undefined ? 'month' : unitFor(span.value)))
  const overTime = computed(() => `${view.dateField.value}:${unit.value}`)

  const now = useTotals(asked(() => [stageField.value]))
  const before = useTotals(
    asked(
      () => (view.before.value === undefined ? undefined : [stageField.value]),
      () => view.before.value,
    ),
  )
  const days = useTotals(asked(() => [overTime.value]))
  const daysBefore = useTotals(
    asked(
      () => (view.before.value === undefined ? undefined : [overTime.value]),
      () => view.before.value,
    ),
  )
  const byPerson = useTotals(asked(() => ['assignedById', stageField.value]))
  const bySource = useTotals(asked(() => (view.has('sourceId') ? ['sourceId', stageField.value] : undefined)))
  const statistics = useStageStatistics(
    computed(() => {
      const { value: type } = view.type
      return type === undefined || !view.has('id')
        ? undefined
        : {
            entityTypeId: type.entityTypeId,
            categoryId: view.pipeline.value?.id ?? 0,
            filter: view.filterFor(view.days.value),
          }
    }),
  )

  const outcomeOf = computed(() => new Map(stages.value.map((each) => [each.STATUS_ID, each.SEMANTICS ?? 'P'])))
  const isOf = (group: Group, outcome: Outcome): boolean =>
    (outcomeOf.value.get(String(group.key[stageField.value])) ?? 'P') === outcome
  const currency = computed(() => now.data.value?.currencyId)
  const amountText = (value: number): string => money(value, currency.value, { whole: true })
  /** Money where there is any, else how many. */
  const worth = (groups: readonly Group[]): number =>
    amount.value === undefined ? countOf(groups) : sumOf(groups, amount.value)
  const worthText = (value: number): string => (amount.value === undefined ? number(value) : amountText(value))

  const inStages = (some: readonly Status[]): Condition => ({
    field: stageField.value,
    op: 'any',
    value: some.map(({ STATUS_ID }) => STATUS_ID),
  })
  const ofOutcome = (outcome: Outcome): Condition =>
    inStages(stages.value.filter(({ SEMANTICS }) => (SEMANTICS ?? 'P') === outcome))
  const emptyOr = (field: string, id: string): Condition =>
    id === '' || id === '0' ? { field, op: 'empty', value: [] } : { field, op: 'any', value: [id] }

  /** What groups are in all, and in the stages of each outcome. */
  function keyFigures(groups: readonly Group[] | undefined) {
    if (groups === undefined) return undefined
    const of = (outcome: Outcome) => groups.filter((group) => isOf(group, outcome))
    const total = countOf(groups)
    return {
      total,
      open: { count: countOf(of('P')), worth: worth(of('P')) },
      won: { count: countOf(of('S')), worth: worth(of('S')) },
      lost: { count: countOf(of('F')), worth: worth(of('F')) },
      conversion: total === 0 ? 0 : countOf(of('S')) / total,
    }
  }

  /** Bars that are made of what was won, is open and was lost. */
  function outcomeSeries(
    keys: readonly string[],
    groups: ReadonlyMap<string, readonly Group[]>,
    value: (groups: readonly Group[]) => number,
    links: (key: string) => readonly Condition[],
  ): Series[] {
    return outcomes.map(([outcome, colour]) => ({
      name: t(`analytics.outcome.${outcome}`),
      colour,
      values: keys.map((key) => value((groups.get(key) ?? []).filter((group) => isOf(group, outcome)))),
      links: keys.map((key) => view.listOf([...links(key), ofOutcome(outcome)])),
    }))
  }
  const ranked = (groups: ReadonlyMap<string, readonly Group[]>): string[] =>
    [...groups.keys()].toSorted(
      (a, b) =>
        worth(groups.get(b) ?? []) - worth(groups.get(a) ?? []) ||
        countOf(groups.get(b) ?? []) - countOf(groups.get(a) ?? []),
    )

  const counts = { format: (value: number) => number(value), axis: short }
  const worths = { format: worthText, axis: short }

  const daysFigure = computed<Figure | undefined>(() => {
    const { value: found } = days.data
    if (found === undefined || (view.days.value === undefined && months.data.value === undefined)) return undefined
    const pieces = span.value === undefined ? [] : piecesOf(unit.value, span.value)
    const of = (groups: readonly Group[]) => by(groups, overTime.value)
    const own = of(found.groups)
    const count = (groups: Map<string, Group[]>, piece: Piece): number => countOf(groups.get(piece.first) ?? [])
    const earlier = view.before.value === undefined ? [] : piecesOf(unit.value, view.before.value)
    const earlierCounts = of(daysBefore.data.value?.groups ?? [])
    return {
      kind: 'line',
      ...counts,
      categories: pieces.map((piece) => ({ label: pieceText(unit.value, piece, true) })),
      series: [
        {
          name: t('analytics.thisPeriod'),
          colour: 'plain',
          values: pieces.map((piece) => count(own, piece)),
          links: pieces.map((piece) => view.listOf([], piece.days)),
        },
        ...(earlier.length === 0
          ? []
          : [
              {
                name: t('analytics.periodBefore'),
                colour: 'before' as const,
                dashed: true,
                values: pieces.map((_piece, index) => {
                  const piece = earlier[index]
                  return piece === undefined ? 0 : count(earlierCounts, piece)
                }),
                links: pieces.map((_piece, index) => {
                  const piece = earlier[index]
                  return piece === undefined ? undefined : view.listOf([], piece.days)
                }),
              },
            ]),
      ],
    }
  })

  const stagesFigure = computed<Figure | undefined>(() => {
    if (now.data.value === undefined) return undefined
    const groups = by(now.data.value.groups, stageField.value)
    return {
      kind: 'rows',
      ...worths,
      categories: stages.value.map(({ NAME, COLOR }) => ({ label: NAME, colour: COLOR })),
      series: [
        {
          name: worthName.value,
          colour: 'plain',
          values: stages.value.map(({ STATUS_ID }) => worth(groups.get(STATUS_ID) ?? [])),
          links: stages.value.map((stage) => view.listOf([inStages([stage])])),
        },
      ],
    }
  })
  const worthName = computed(() => t(amount.value === undefined ? 'analytics.count' : 'analytics.sum'))

  const monthsFigure = computed<Figure | undefined>(() => {
    if (months.data.value === undefined) return undefined
    const groups = by(months.data.value.groups, `${view.dateField.value}:month`)
    const pieces = span.value === undefined ? [] : piecesOf('month', span.value)
    const daysOf = new Map(pieces.map(({ first, days }) => [first, days]))
    const keys = pieces.map(({ first }) => firstOf('month', first))
    return {
      kind: 'columns',
      stacked: true,
      ...worths,
      categories: pieces.map((piece) => ({ label: pieceText('month', piece, true) })),
      series: outcomeSeries(keys, groups, worth, (key) => [
        { field: view.dateField.value, op: 'range', value: [...(daysOf.get(key) ?? [])] },
      ]),
    }
  })

  const peopleFigure = computed<Figure | undefined>(() => {
    if (byPerson.data.value === undefined) return undefined
    const groups = by(byPerson.data.value.groups, 'assignedById')
    const keys = ranked(groups)
    return {
      kind: 'rows',
      stacked: true,
      ...worths,
      categories: keys.map((id) => ({
        label: people.value?.get(Number(id))?.name ?? (Number(id) > 0 ? `#${id}` : t('analytics.nobody')),
      })),
      series: outcomeSeries(keys, groups, worth, (id) => [emptyOr('assignedById', id)]),
    }
  })

  const sourcesFigure = computed<Figure | undefined>(() => {
    if (bySource.data.value === undefined) return undefined
    const groups = by(bySource.data.value.groups, 'sourceId')
    const keys = ranked(groups)
    return {
      kind: 'rows',
      stacked: true,
      ...worths,
      categories: keys.map((id) => ({
        label: id === '' ? t('analytics.none') : (sources.value.find(({ STATUS_ID }) => STATUS_ID === id)?.NAME ?? id),
      })),
      series: outcomeSeries(keys, groups, worth, (id) => [emptyOr('sourceId', id)]),
    }
  })

  return {
    unit,
    stages,
    amount,
    worthText,
    now: computed(() => keyFigures(now.data.value?.groups)),
    before: computed(() => (view.before.value === undefined ? undefined : keyFigures(before.data.value?.groups))),
    nowByStage: computed(
      () =>
        new Map(
          [...by(now.data.value?.groups ?? [], stageField.value)].map(([id, groups]) => [id, countOf(groups)] as const),
        ),
    ),
    statistics,
    linkOfStage: (id: string): string => view.listOf([{ field: stageField.value, op: 'any', value: [id] }]),
    linkOfOutcome: (outcome: Outcome): string => view.listOf([ofOutcome(outcome)]),
    cards: {
      days: { figure: daysFigure, query: days },
      stages: { figure: stagesFigure, query: now },
      months: { figure: monthsFigure, query: months },
      people: { figure: peopleFigure, query: byPerson },
      sources: { figure: sourcesFigure, query: bySource },
    },
  }
}
export type Figures = ReturnType<typeof useFigures>
export type CardFigure = ComputedRef<Figure | undefined>

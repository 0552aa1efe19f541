import type { Entity } from '../../schema/entity.ts'
import { conditionOf, type Test } from '../../store/entity-test.ts'
import { type Fragment, sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { stageHistory } from '../crm/automation/tables.ts'

/** The records that are looked at: those of one pipeline that pass a test. */
export interface Cohort {
  readonly entity: Entity
  readonly categoryId: number
  readonly test: Test | undefined
}

/** How far records have come, and what has become of them. */
export interface Reached {
  /** The furthest stage, by its place among those of the pipeline; -1 where only failure is known. */
  readonly best: number
  readonly outcome: 'P' | 'S' | 'F'
  readonly count: number
}

export interface StageTime {
  readonly stageId: string
  /** Records that have ever been in it. */
  readonly entered: number
  /** Times that a record has left it; a record may come back. */
  readonly left: number
  /** Seconds until it was left, where it ever was. */
  readonly average: number | null
  readonly median: number | null
}

const stageOf = ({ entity }: Cohort): Fragment => sql.ref(`t.${entity.columnOf(entity.stageField ?? '')}`)
const recordsOf = ({ entity, test }: Cohort, reader: Reader): Fragment =>
  sql`${sql.table(entity.table)} as t where ${conditionOf(test, entity, reader.dialect)}`

/** The place of a stage in a row of them; `otherwise` for any other. */
const placeOf = (stage: Fragment, row: readonly string[], otherwise: number): Fragment =>
  row.length === 0
    ? sql`${sql.lit(otherwise)}`
    : sql`case ${stage} ${sql.join(
        row.map((id, index) => sql`when ${id} then ${sql.lit(index)}`),
        sql` `,
      )} else ${sql.lit(otherwise)} end`

/**
 * How far each record has come, by where it is and where it was: one that has jumped over a stage has come past it.
 *
 * @param way the stages in their order, without failures
 */
export async function reached(
  reader: Reader,
  cohort: Cohort,
  { way, successes, failures }: Readonly<Record<'way' | 'successes' | 'failures', readonly string[]>>,
): Promise<Reached[]> {
  const { entity, categoryId } = cohort
  const stage = stageOf(cohort)
  const rows = await reader.find<{ best: number; outcome: 'P' | 'S' | 'F'; records: number }>(sql`
    select case when past > present then past else present end as best, outcome, count(*) as records
    from (
      select
        ${placeOf(stage, way, -1)} as present,
        coalesce((
          select max(${placeOf(sql`h.stage_id`, way, -1)}) from ${sql.table(stageHistory.name)} as h
          where h.entity_type_id = ${entity.entityTypeId} and h.owner_id = t.id and h.category_id = ${categoryId}
        ), -1) as past,
        case when ${placeOf(stage, successes, -1)} >= 0 then 'S'
          when ${placeOf(stage, failures, -1)} >= 0 then 'F' else 'P' end as outcome
      from ${recordsOf(cohort, reader)}
    ) as ways
    group by 1, 2`)
  return rows.map(({ best, outcome, records }) => ({ best: Number(best), outcome, count: Number(records) }))
}

/** How long records have stayed in stages. Who is still in one is not counted, as nobody knows for how long. */
export async function stageTimes(reader: Reader, cohort: Cohort): Promise<StageTime[]> {
  const { entity, categoryId } = cohort
  const rows = await reader.find<Record<string, number | null> & { stage: string }>(sql`
    select stage, count(distinct owner) as entered, count(seconds) as leavings, sum(seconds) as total,
      sum(case when place = (leavings + 1) / 2 then seconds else 0 end) as lower_middle,
      sum(case when place = (leavings + 2) / 2 then seconds else 0 end) as upper_middle
    from (
      select stage, owner, seconds, count(seconds) over (partition by stage) as leavings,
        row_number() over (partition by stage order by case when seconds is null then 1 else 0 end, seconds) as place
      from (
        select h.stage_id as stage, h.category_id as category, h.owner_id as owner,
          lead(h.created_time) over (partition by h.owner_id order by h.created_time, h.id) - h.created_time as seconds
        from ${sql.table(stageHistory.name)} as h
        where h.entity_type_id = ${entity.entityTypeId} and h.owner_id in (select t.id from ${recordsOf(cohort, reader)})
      ) as stays
      where category = ${categoryId}
    ) as placed
    group by stage`)
  return rows.map((row) => {
    const left = Number(row.leavings)
    return {
      stageId: row.stage,
      entered: Number(row.entered),
      left,
      average: left === 0 ? null : Number(row.total) / left,
      median: left === 0 ? null : (Number(row.lower_middle) + Number(row.upper_middle)) / 2,
    }
  })
}

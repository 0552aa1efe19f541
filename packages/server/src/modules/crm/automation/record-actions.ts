import { readDraft } from '../../../methods/draft.ts'
import { isMap } from '../../../methods/method.ts'
import { emptyDraft } from '../../../records/change.ts'
import { checkReferences } from '../../../records/references.ts'
import { updateWithin } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { InvalidValue } from '../../../schema/kind.ts'
import { holdsOn, itemWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { stageDirectory } from '../stages.ts'
import { type Action, fieldOf, refuse } from './action.ts'
import type { Within } from './chain.ts'
import { fill, hasPlaceholder } from './placeholders.ts'

/** Changes fields: `{ fields: { title: 'Order of {{COMPANY_TITLE}}' } }`, with names and values as `crm.item.update` takes them. */
export const changeFields: Action = {
  check({ fields }, entity, { portal }) {
    if (!isMap(fields) || Object.keys(fields).length === 0) throw refuse('The rule must name fields to change')
    for (const [name, value] of Object.entries(fields)) {
      const field = itemWire.find(entity, name)
      if (field === undefined) throw refuse(`There is no field ${name}`)
      // A file would be the same one in every record.
      if (holdsOn(itemWire, field.readOnly) || field.disabled === true || field.kind.holdsFile === true)
        throw refuse(`The field ${name} cannot be changed`)
      if (name === entity.stageField) throw refuse('A stage is changed by a rule of the kind stage')
      if (hasPlaceholder(value) || field.place.in !== 'column') continue
      try {
        field.kind.decode(value, field, { zone: portal.zone })
      } catch (cause) {
        if (cause instanceof InvalidValue) throw refuse(`Invalid value for the field ${name}: ${cause.reason}`)
        throw cause
      }
    }
  },
  async run({ context, rule, entity, chain, lookup }) {
    const fields = fill(rule.settings.fields, lookup) as Record<string, unknown>
    const draft = await readDraft(context, entity, itemWire, fields, { isNew: false, strict: false })
    await checkReferences(context, entity, draft, 'refuse')
    return { within: (within) => updateWithin(within, entity, chain.recordId, draft) }
  },
}

/** Moves to a stage: `{ stageId: 'C1:WON' }`, in another pipeline with its `categoryId`. */
export const moveStage: Action = {
  async check({ stageId, categoryId }, entity, { portal, session }) {
    if (entity.stageField === undefined || typeof stageId !== 'string' || stageId === '')
      throw refuse('The rule must name a stage')
    if (categoryId !== undefined && categoryId !== null && !Number.isSafeInteger(categoryId))
      throw refuse('The pipeline must be a number')
    const pipelines = await portal.directories.categories(session, entity.entityTypeId)
    const candidates = typeof categoryId === 'number' ? [categoryId] : [0, ...pipelines.map(({ id }) => id)]
    for (const id of candidates) {
      const stages = await portal.directories.statuses(session, stageDirectory(entity.entityTypeId, id))
      if (stages.some((stage) => stage.statusId === stageId)) return
    }
    throw refuse(`There is no stage ${stageId}`)
  },
  run({ rule, entity, chain }) {
    const draft = emptyDraft()
    const { stageId, categoryId } = rule.settings
    if (entity.categories && typeof categoryId === 'number') draft.values.set('categoryId', categoryId)
    draft.values.set(entity.stageField ?? '', String(stageId))
    return { within: (within) => updateWithin(within, entity, chain.recordId, draft) }
  },
}

/** Assigns people in turn: `{ users: [3, 4, 5] }`. Those who have left are passed over. */
export const assignInTurn: Action = {
  async check({ users }, entity, { portal, session }) {
    if (!entity.byName.has('assignedById')) throw refuse('Nobody is responsible for such records')
    if (!Array.isArray(users) || users.length === 0) throw refuse('The rule must name people')
    for (const id of users as unknown[])
      if (typeof id !== 'number' || (await portal.people.find(session, id)) === undefined)
        throw refuse(`There is no person ${String(id)}`)
  },
  run({ rule, entity, chain }) {
    return {
      async within(within) {
        const draft = emptyDraft()
        draft.values.set('assignedById', await nextInTurn(within, rule.id, rule.settings.users as number[]))
        await updateWithin(within, entity, chain.recordId, draft)
      },
    }
  },
}

/** The row's lock is what makes it fair: two transactions at once never get the same turn. */
async function nextInTurn({ tx, portal }: Within, ruleId: number, users: readonly number[]): Promise<number> {
  await tx.change(sql`update crm_automation_turn set turn = turn + 1 where rule_id = ${ruleId}`)
  const [row] = await tx.find<{ turn: number }>(sql`select turn from crm_automation_turn where rule_id = ${ruleId}`)
  const turn = (row?.turn ?? 1) - 1
  for (const [passed] of users.entries()) {
    const id = users[(turn + passed) % users.length] ?? 0
    if ((await portal.people.find(tx, id))?.active !== true) continue
    if (passed > 0)
      await tx.change(sql`update crm_automation_turn set turn = turn + ${passed} where rule_id = ${ruleId}`)
    return id
  }
  throw refuse('Everybody whom the rule names has left')
}

/** A field that holds a time or a day. */
export function momentField(entity: Entity, name: unknown): ReturnType<typeof fieldOf> {
  const field = typeof name === 'string' ? fieldOf(entity, name) : undefined
  return field?.place.in === 'column' && ['date', 'datetime'].includes(field.kind.name) ? field : undefined
}

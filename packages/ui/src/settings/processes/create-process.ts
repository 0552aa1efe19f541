import { call } from '../../api/portal.ts'
import type { Status } from '../../model/statuses.ts'
import { callAll, type Command } from '../saving.ts'
import { colourOfNew, inOrder, meaningOf, newCode } from '../stages/stage.ts'
import { type Flags, relationsIn, written } from './process.ts'

interface Made {
  readonly id: number
  readonly entityTypeId: number
}

/**
 * Gives the first pipeline these stages in progress: those that a new process has are renamed, what is missing is
 * added, what is too much goes. The good and the bad end stay.
 */
async function writeStages({ entityTypeId }: Made, names: readonly string[]): Promise<void> {
  const { categories } = await call<{ categories: readonly { id: number }[] }>('crm.category.list', { entityTypeId })
  const directory = `DYNAMIC_${entityTypeId}_STAGE_${categories[0]?.id ?? 0}`
  const all = await call<readonly Status[]>('crm.status.list', {
    order: { SORT: 'ASC' },
    filter: { ENTITY_ID: directory },
  })
  const there = all.filter((stage) => meaningOf(stage) === 'process')
  const ends = inOrder(all.filter((stage) => meaningOf(stage) !== 'process'))
  const commands: Command[] = [
    ...ends.map(({ ID }, index) => ({
      method: 'crm.status.update',
      params: { id: ID, fields: { SORT: (names.length + index + 1) * 10 } },
    })),
    ...names.map((NAME, index) => {
      const SORT = (index + 1) * 10
      const known = there[index]
      return known === undefined
        ? {
            method: 'crm.status.add',
            params: {
              fields: { ENTITY_ID: directory, STATUS_ID: newCode(), NAME, SORT, COLOR: colourOfNew('process', index) },
            },
          }
        : { method: 'crm.status.update', params: { id: known.ID, fields: { NAME, SORT } } }
    }),
    ...there.slice(names.length).map(({ ID }) => ({
      method: 'crm.status.delete',
      params: { id: ID, params: { FORCED: 'Y' } },
    })),
  ]
  await callAll(commands)
}

/** Makes a smart process that works at once. */
export async function createProcess(
  title: string,
  flags: Flags,
  { parents, children, stages }: { parents: readonly number[]; children: readonly number[]; stages: readonly string[] },
): Promise<Made> {
  const { type } = await call<{ type: Made }>('crm.type.add', {
    fields: { title, ...written(flags), relations: relationsIn(parents, children) },
  })
  if (flags.isStagesEnabled && stages.length > 0) await writeStages(type, stages)
  return type
}

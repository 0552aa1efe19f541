import { ask, call } from '../../api/portal.ts'
import { callAll } from '../saving.ts'

/** A stage of a type; its pipeline where there are some. */
export interface Standing {
  readonly entityTypeId: number
  readonly stageField: string
  readonly stageId: string
  readonly categoryId: number | null
}

const filterOf = ({ stageField, stageId, categoryId }: Standing): object => ({
  [stageField]: stageId,
  ...(categoryId === null ? {} : { categoryId }),
})

/** How many records are in a stage. */
export async function countIn(standing: Standing): Promise<number> {
  const { entityTypeId } = standing
  const { total } = await ask('crm.item.list', { entityTypeId, filter: filterOf(standing), select: ['id'] })
  return total ?? 0
}

/**
 * Moves all records of a stage to another one, fifty at a time.
 *
 * @param onMoved is told how many have moved so far
 * @throws the first refusal; what has moved until then stays moved
 */
export async function moveAll(from: Standing, to: string, onMoved: (many: number) => void): Promise<void> {
  const { entityTypeId, stageField } = from
  for (let moved = 0; ;) {
    const { items } = await call<{ items: { id: number }[] }>('crm.item.list', {
      entityTypeId,
      filter: filterOf(from),
      select: ['id'],
      order: { id: 'ASC' },
      start: -1,
    })
    if (items.length === 0) return
    await callAll(
      items.map(({ id }) => ({
        method: 'crm.item.update',
        params: { entityTypeId, id, fields: { [stageField]: to } },
      })),
    )
    moved += items.length
    onMoved(moved)
  }
}

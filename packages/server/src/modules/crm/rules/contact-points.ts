import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'

const flags: readonly [flag: string, type: string, valueTypes: readonly string[] | undefined][] = [
  ['hasPhone', 'PHONE', undefined],
  ['hasEmail', 'EMAIL', undefined],
  ['hasImol', 'IM', ['OPENLINE', 'IMOL']],
]

/** The contact points as they will be after the change. */
function points(change: Change): [typeId: string, valueType: string][] {
  const touched = new Map(
    change.draft.multifields.flatMap((each) => (each.do === 'add' ? [] : [[each.id, each] as const])),
  )
  const kept = (change.oldList('fm') as [number, string, string][]).flatMap(
    ([id, typeId, valueType]): [string, string][] => {
      const row = touched.get(id)
      if (row === undefined) return [[typeId, valueType]]
      return row.do === 'remove' ? [] : [[typeId, row.do === 'change' ? (row.valueType ?? valueType) : valueType]]
    },
  )
  const added = change.draft.multifields.flatMap((each): [string, string][] =>
    each.do === 'add' ? [[each.typeId, each.valueType]] : [],
  )
  return [...kept, ...added]
}

/** `hasPhone`, `hasEmail` and `hasImol` follow the contact points. */
function complete(change: Change): void {
  if (!change.has('hasPhone') || (!change.isNew && change.draft.multifields.length === 0)) return
  const all = points(change)
  for (const [flag, type, valueTypes] of flags)
    change.set(
      flag,
      all.some(([each, valueType]) => each === type && (valueTypes === undefined || valueTypes.includes(valueType)))
        ? 'Y'
        : 'N',
    )
}

export const contactPointHooks: Hooks = { complete, copied: complete }

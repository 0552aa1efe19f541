import type { Dumping } from '../dumping.ts'
import { type Row, same } from '../look.ts'
import { activities } from './activities.ts'
import { measures, products, sections, vats } from './catalogue.ts'
import { comments } from './comments.ts'
import type { Part } from './part.ts'
import { addresses, bankDetails, presets, requisiteLinks, requisites } from './requisites.ts'

/** Those whose names others use come before them: the table of contents. */
const parts: readonly Part[] = [
  vats,
  measures,
  sections,
  products,
  presets,
  requisites,
  bankDetails,
  addresses,
  requisiteLinks,
  activities,
  comments,
]

export const partNames: readonly string[] = parts.map(({ name }) => name)

/** What changes by itself. */
const stable = ({ TIMESTAMP_X: _time, DATE_CREATE: _created, DATE_MODIFY: _modified, ...row }: Row): Row => row

/** Says what there is beside the items, before or after them. */
export async function dumpParts(
  dumping: Dumping,
  when: Part['when'],
  isWanted: (kind: string) => boolean,
): Promise<void> {
  for (const part of parts) {
    if (part.when !== when) continue
    const kind = `records ${part.name}`
    const keyOf = part.keyOf ?? ((row: Row) => Number(row.ID))
    const known = new Map((part.known?.(dumping) ?? []).map((row) => [Number(row.ID), row]))
    // A section may be in one that is younger: all of a kind have their names before anything is said of one.
    for await (const page of part.pages(dumping))
      for (const row of page)
        if (!known.has(Number(row.ID)))
          dumping.names.give(kind, keyOf(row), part.titleOf(row), part.name.split('.').at(-1) ?? '')
    if (!isWanted(part.name)) continue
    for await (const page of part.pages(dumping))
      for (const row of page) {
        const before = known.get(Number(row.ID))
        if (before !== undefined) {
          if (!same(stable(before), stable(row))) dumping.left.add(`changes of what every portal has (${part.name})`)
          continue
        }
        const fields = await part.tell(dumping, row)
        const name = dumping.names.find(kind, keyOf(row))?.name
        if (fields !== undefined && name !== undefined)
          dumping.add({ section: 'records', entity: part.name, name, fields })
      }
  }
}

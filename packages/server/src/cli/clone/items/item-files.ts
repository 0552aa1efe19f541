import type { Draft, Written } from '../../../records/change.ts'
import { isSaved } from '../../../records/change.ts'
import type { Saved } from '../../../records/files.ts'
import type { Entity } from '../../../schema/entity.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { file as fileTable } from '../../../store/tables.ts'
import { fetchFile, linksOf } from '../parts/files.ts'
import type { Row } from '../source.ts'
import type { Clone } from '../step.ts'
import { numberOf } from '../values.ts'
import type { ItemRow } from './item-row.ts'

/** Files of items in the map: by the number that the source's answers give them. */
export const FILE = 'file'

/** A file of a field: one that has come already, or its bytes. */
type Brought = { readonly key: string } & ({ readonly id: number } | { readonly saved: Saved })

/** The files of an item's fields, before its transaction. */
export type BroughtFiles = ReadonlyMap<string, readonly Brought[]>

/** Brings the files of an item over that have not come yet; those that the source doesn't give are left out, and told. */
export async function bringFiles(
  clone: Clone,
  entity: Entity,
  { key, files }: ItemRow,
  onLeft: (example: string) => void,
): Promise<BroughtFiles> {
  const { state, session } = clone
  const brought = new Map<string, readonly Brought[]>()
  if (files.size === 0) return brought
  const shown = [...files.values()].flat().map(numberOfFile)
  const known = await state.known(session, FILE, shown)
  for (const [name, rows] of files) {
    const list: Brought[] = []
    for (const row of rows) {
      const number = numberOfFile(row)
      const id = known.get(number)?.id
      if (id !== undefined) {
        list.push({ key: number, id })
        continue
      }
      const [link] = linksOf(row, `${entity.name} ${key}, ${entity.field(name).upper}`)
      const saved = link === undefined ? undefined : await fetchFile(clone, link)
      if (saved === undefined) onLeft(`${entity.name} ${key}, ${entity.field(name).upper}`)
      else list.push({ key: number, saved })
    }
    brought.set(name, list)
  }
  return brought
}

const numberOfFile = (row: Row): string => String(numberOf(row.id) ?? numberOf(row.ID) ?? 0)

export const blobsOf = (files: BroughtFiles): string[] =>
  [...files.values()].flat().flatMap((each) => ('saved' in each ? [each.saved.blob] : []))

/** Puts the files into the draft; new ones get the number that they have there, if it is free. */
export async function placeFiles(
  tx: Transaction,
  entity: Entity,
  draft: Draft,
  files: BroughtFiles,
  keepsIds: boolean,
): Promise<void> {
  for (const [name, list] of files) {
    const values: Written[] = []
    for (const each of list) values.push('id' in each ? each.id : await numbered(tx, each, keepsIds))
    if (entity.field(name).place.in === 'values') draft.lists.set(name, values)
    else draft.values.set(name, values[0] ?? null)
  }
}

async function numbered(
  tx: Transaction,
  { key, saved }: { key: string; saved: Saved },
  keepsIds: boolean,
): Promise<Saved> {
  const id = Number(key)
  if (!keepsIds || !(id > 0)) return saved
  const [taken] = await tx.find(sql`select 1 as one from stored_file where id = ${id}`)
  if (taken !== undefined) return saved
  await tx.skipIds(fileTable, id + 1)
  return { ...saved, id }
}

/** Remembers which file is which, once the record owns them: then the draft has their ids. */
export async function rememberFiles(
  { state }: Clone,
  tx: Transaction,
  draft: Draft,
  files: BroughtFiles,
): Promise<void> {
  for (const [name, list] of files) {
    const single = draft.values.get(name)
    const written = draft.lists.get(name) ?? (single === undefined ? [] : [single])
    for (const [index, each] of list.entries()) {
      const id = written[index]
      if ('saved' in each && typeof id === 'number' && !isSaved(id))
        await state.remember(tx, FILE, each.key, { id, digest: null })
    }
  }
}

import { itemEntity } from '../../methods/crud.ts'
import { readDraft } from '../../methods/draft.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { type Call, isMap, type Map, method, need } from '../../methods/method.ts'
import { encodeRow, itemSelection } from '../../methods/rows.ts'
import type { Draft } from '../../records/change.ts'
import * as records from '../../records/records.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import { itemWire } from '../../schema/wire.ts'
import { listOf, scalarOf, type Stored } from '../../store/entity-query.ts'

/** A value as it is compared: links of files carry tokens, so only their ids count; forms bring every number as text. */
function plain(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(plain)
  if (isMap(value)) return 'url' in value || 'urlMachine' in value ? plain(value.id) : Object.values(value).map(plain)
  return String(value)
}
const same = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other))

const byId = (rows: unknown): ReadonlyMap<string, Map> =>
  new Map((Array.isArray(rows) ? rows : []).filter(isMap).map((row) => [String(row.id), row]))

/** Phones and e-mails are changed row by row: somebody else's new number is no reason to refuse ours. */
function sameRows(asked: unknown, base: unknown, theirs: unknown): boolean {
  const [before, now] = [byId(base), byId(theirs)]
  const ids = Array.isArray(asked)
    ? asked.filter(isMap).map(({ id }) => String(id))
    : Object.keys(isMap(asked) ? asked : {})
  return ids.every((id) => {
    const [seen, stored] = [before.get(id), now.get(id)]
    return seen === undefined || (same(seen.value, stored?.value) && same(seen.valueType, stored?.valueType))
  })
}

/** What is asked is so already: then nobody's work is lost. */
const isSo = (draft: Draft, before: Stored, field: Field): boolean =>
  draft.values.has(field.name)
    ? draft.values.get(field.name) === scalarOf(before, field)
    : field.place.in !== 'multifield' &&
      JSON.stringify(draft.lists.get(field.name) ?? draft.links.get(field.name)) ===
        JSON.stringify(listOf(before, field))

/** Refuses where a field that is to be changed is no longer as it was read, and tells what it is now. */
function refuseConflict(call: Call, entity: Entity, before: Stored, draft: Draft, fields: Map, base: Map): void {
  const now = encodeRow(before, itemSelection(entity, itemWire, undefined), itemWire, call.encode)
  const conflicts = Object.entries(fields).flatMap(([key, asked]) => {
    const field = itemWire.find(entity, key)
    const seen = base[key]
    if (field === undefined || seen === undefined || !(field.name in now)) return []
    const theirs = now[field.name]
    const untouched = field.place.in === 'multifield' ? sameRows(asked, seen, theirs) : same(seen, theirs)
    return untouched || isSo(draft, before, field) ? [] : [[key, { base: seen, theirs }] as const]
  })
  if (conflicts.length === 0) return
  throw new ApiError('CONFLICT', 409, 'Somebody else has changed the same fields meanwhile', {
    conflict: {
      fields: Object.fromEntries(conflicts),
      by: now.updatedBy ?? null,
      at: now.updatedTime ?? null,
    },
  })
}

/**
 * `crm.item.update` for people who work side by side. `base` holds the changed fields as the caller has read them: if
 * one of them is another by now, nothing is changed, and the answer tells by `conflict` what it is, by whom and since
 * when. A field that `base` leaves out is written in any case.
 */
export const itemSave = method({
  name: 'portico.item.save',
  scope: 'crm',
  params: { entityTypeId: need.integer, id: need.id, fields: need.map, base: need.map },
  run: ({ entityTypeId, id, fields, base }, call) =>
    inStyle(itemStyle, 'write', async () => {
      const entity = await itemEntity(call, entityTypeId)
      await call.portal.access.require(call, entity, 'update')
      const draft = await readDraft(call, entity, itemWire, fields, { isNew: false, strict: true })
      await records.update(call, entity, id, draft, {
        missing: 'refuse',
        shown: true,
        agree: (before) => refuseConflict(call, entity, before, draft, fields, base),
      })
      const shown = itemSelection(entity, itemWire, undefined)
      return { item: encodeRow(await records.written(call, entity, id, shown), shown, itemWire, call.encode) }
    }),
})

import { createHash } from 'node:crypto'
import type { Entity } from '../schema/entity.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Transaction } from '../store/store.ts'
import { userFieldOption } from '../store/tables.ts'
import type { Sources } from './context.ts'
import { userFieldColumn, type UserFieldOptionRow, type UserFieldRow } from './entities.ts'
import { UserFieldRefusal } from './user-field-refusal.ts'

/** An option of a list as a request gives it: with an id it changes or removes, without one it adds. */
export interface OptionInput {
  readonly id?: number
  readonly value?: string
  readonly sort?: number
  readonly isDefault?: boolean
  readonly xmlId?: string
  readonly remove: boolean
}

/** Options by the id of their field, in their order. */
export async function optionsOf(
  reader: Reader,
  fieldIds: readonly number[],
): Promise<ReadonlyMap<number, readonly UserFieldOptionRow[]>> {
  const options = new Map<number, UserFieldOptionRow[]>()
  if (fieldIds.length === 0) return options
  const rows = await reader.find<UserFieldOptionRow>(
    sql`select * from user_field_option where user_field_id in (${sql.join([...fieldIds])}) order by sort, id`,
  )
  for (const row of rows) options.set(row.user_field_id, [...(options.get(row.user_field_id) ?? []), row])
  return options
}

type Draft = { -readonly [K in keyof UserFieldOptionRow]: UserFieldOptionRow[K] }

/** Adds, changes and removes options; those not mentioned stay. Removed ones leave the records that had them. */
export async function writeOptions(
  tx: Transaction,
  entity: Entity,
  field: UserFieldRow,
  inputs: readonly OptionInput[],
  sources: Sources,
): Promise<void> {
  const known = (await optionsOf(tx, [field.id])).get(field.id) ?? []
  const kept = new Map<number, Draft>(known.map((row) => [row.id, { ...row }]))
  const removed: number[] = []
  const added: Draft[] = []
  let preset: Draft | undefined
  for (const input of inputs) {
    if (input.remove) {
      if (input.id !== undefined && kept.delete(input.id)) removed.push(input.id)
      continue
    }
    const option = input.id === undefined ? await newOption(tx, field, input, sources) : kept.get(input.id)
    if (option === undefined || input.value === '') continue
    if (input.id === undefined) added.push(option)
    if (input.value !== undefined) option.value = input.value
    if (input.sort !== undefined) option.sort = input.sort
    if (input.xmlId !== undefined) option.xml_id = input.xmlId
    if (input.isDefault !== undefined) option.def = input.isDefault ? 'Y' : 'N'
    if (input.isDefault === true) preset ??= option
  }
  const options = [...kept.values(), ...added]
  // "For a non-multiple field, the first provided list item with DEF=Y will be considered default."
  if (field.multiple !== 'Y' && preset !== undefined)
    for (const option of options) option.def = option === preset ? 'Y' : 'N'
  refuseTwins(options)
  for (const option of kept.values())
    await tx.change(
      sql`update user_field_option set value = ${option.value}, def = ${option.def}, sort = ${option.sort}, xml_id = ${option.xml_id} where id = ${option.id}`,
    )
  for (const option of added) tx.insert(userFieldOption, { ...option })
  if (removed.length > 0) await forgetOptions(tx, entity, field, removed)
}

async function newOption(
  tx: Transaction,
  field: UserFieldRow,
  input: OptionInput,
  sources: Sources,
): Promise<Draft | undefined> {
  if (input.value === undefined || input.value === '') return undefined
  return {
    id: await tx.nextId(userFieldOption),
    user_field_id: field.id,
    value: input.value,
    def: 'N',
    sort: 0,
    // 32 hexadecimal digits, as on the documented answers.
    xml_id: createHash('md5').update(sources.token(32)).digest('hex'),
  }
}

function refuseTwins(options: readonly UserFieldOptionRow[]): void {
  const seen = new Set<string>()
  for (const { xml_id } of options) {
    if (xml_id === null) continue
    if (seen.has(xml_id)) throw new UserFieldRefusal('option-taken', xml_id)
    seen.add(xml_id)
  }
}

async function forgetOptions(
  tx: Transaction,
  entity: Entity,
  field: UserFieldRow,
  ids: readonly number[],
): Promise<void> {
  await tx.change(sql`delete from user_field_option where id in (${sql.join([...ids])})`)
  if (field.multiple === 'Y')
    await tx.change(
      sql`delete from field_value where entity_type_id = ${entity.entityTypeId} and field = ${field.field_name} and integer_value in (${sql.join([...ids])})`,
    )
  else {
    const column = sql.ref(userFieldColumn(field))
    await tx.change(
      sql`update ${sql.table(entity.table)} set ${column} = null where ${column} in (${sql.join([...ids])})`,
    )
  }
}

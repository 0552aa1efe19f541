import { sql } from '../../../store/sql.ts'
import { load, Shown } from '../shown.ts'
import type { DocumentFields, Source } from './fields.ts'

const REQUISITE = 8

/** `RQ_INN` is `{RequisiteRqInn}`. */
const pascalOfUpper = (upper: string): string =>
  upper
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** What the first requisite of a company or contact says. */
export async function requisiteFields(
  fields: DocumentFields,
  { portal, reader, entity, stored, readable }: Source,
  prefix: string,
  group: readonly string[],
): Promise<void> {
  const requisite = await portal.entities.get(reader, REQUISITE)
  const id = stored.values[stored.positions.get('id') ?? 0]
  const [first] = await reader.find<{ id: number }>(
    sql`select id from crm_requisite where entity_type_id = ${entity.entityTypeId} and entity_id = ${Number(id)} order by sort, id limit 1`,
  )
  const found = first === undefined ? undefined : await load(reader, requisite, first.id)
  if (found === undefined) return
  const shown = await Shown.of(portal, reader, requisite, found, readable)
  for (const field of requisite.columns) {
    if (!field.upper.startsWith('RQ_') && !field.upper.startsWith('UF_')) continue
    const chain = `this.SOURCE.REQUISITE.${field.upper}`
    fields.set(prefix + pascalOfUpper(field.upper), {
      title: field.title,
      value: await shown.text(field),
      group,
      chain,
    })
  }
}

import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import type { Row } from '../kinds/kind.ts'
import { fieldsQuery } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import type { Item } from '../records/writes.ts'
import { itemQuery } from './use-record.ts'

const [LEAD, DEAL, CONTACT, COMPANY, QUOTE, INVOICE] = [1, 2, 3, 4, 7, 31]

/** What is usually made of a record, in the order of a sale; smart processes that may follow from anything come last. */
const FOLLOWS: Readonly<Record<number, readonly number[]>> = {
  [LEAD]: [DEAL, CONTACT, COMPANY, QUOTE],
  [DEAL]: [QUOTE, INVOICE],
  [QUOTE]: [DEAL, INVOICE],
  [CONTACT]: [LEAD, DEAL, QUOTE, INVOICE],
  [COMPANY]: [LEAD, DEAL, CONTACT, QUOTE, INVOICE],
}

/** The types of records that can be made on the basis of one. */
export const basisTargets = ({ entityTypeId, isDynamic }: RecordType, types: readonly RecordType[]): RecordType[] =>
  (FOLLOWS[entityTypeId] ?? (isDynamic ? [DEAL, INVOICE] : [])).flatMap(
    (id) => types.find((type) => type.entityTypeId === id) ?? [],
  )

/** What a new record takes over from the one that it is made of, if both have it. */
const SHARED = [
  'title',
  'opportunity',
  'currencyId',
  'isManualOpportunity',
  'assignedById',
  'sourceId',
  'sourceDescription',
  'comments',
  'companyId',
  'contactIds',
  'mycompanyId',
  'observers',
]
const PERSONAL = ['honorific', 'name', 'secondName', 'lastName', 'birthdate', 'post']

/** Where a record keeps what it was made of. */
function parentOf(from: number, names: ReadonlySet<string>): string | undefined {
  const known = { [LEAD]: 'leadId', [DEAL]: 'dealId', [QUOTE]: 'quoteId' }[from]
  return [known, `parentId${from}`].find((name): name is string => name !== undefined && names.has(name))
}

/** `2:15`: the record that a new one is to be made of. */
export interface Basis {
  readonly entityTypeId: number
  readonly id: number
}
export function readBasis(text: unknown): Basis | undefined {
  const [, entityTypeId, id] = /^(\d+):(\d+)$/.exec(String(text ?? '')) ?? []
  return entityTypeId === undefined ? undefined : { entityTypeId: Number(entityTypeId), id: Number(id) }
}

const read = async ({ entityTypeId, id }: Basis): Promise<Item> => queries.fetchQuery(itemQuery(entityTypeId, id))

/** What a record of a type begins with when it is made of another. */
export async function valuesOnBasis(type: RecordType, basis: Basis): Promise<Row> {
  const [fields, item] = await Promise.all([queries.ensureQueryData(fieldsQuery(type.entityTypeId)), read(basis)])
  const names = new Set(fields.filter(({ isReadOnly }) => !isReadOnly).map(({ name }) => name))
  const values: Record<string, unknown> = {}
  const take = (name: string, value: unknown): void => {
    if (names.has(name) && value !== null && value !== undefined && value !== '') values[name] = value
  }
  for (const name of SHARED) take(name, item[name])
  if (basis.entityTypeId === CONTACT) {
    delete values.title
    take('contactIds', [basis.id])
    take('companyId', Array.isArray(item.companyIds) ? item.companyIds[0] : undefined)
  }
  if (basis.entityTypeId === COMPANY) {
    delete values.title
    take('companyId', basis.id)
    take('companyIds', [basis.id])
  }
  if (basis.entityTypeId === LEAD && (type.entityTypeId === CONTACT || type.entityTypeId === COMPANY)) {
    for (const name of PERSONAL) take(name, item[name])
    if (type.entityTypeId === COMPANY) take('title', item.companyTitle)
    take('fm', withoutIds(item.fm))
  }
  const parent = parentOf(basis.entityTypeId, names)
  if (parent !== undefined) values[parent] = basis.id
  return values
}

const withoutIds = (points: unknown): unknown =>
  Array.isArray(points) ? points.map(({ id: _gone, ...point }: Record<string, unknown>) => point) : undefined

/** Facts of the one record, not of its copy. */
const OWN = new Set(['id', 'xmlId', 'originId', 'originatorId', 'originVersion', 'closed', 'webformId', 'movedTime'])

/** What a copy of a record begins with. Files stay with the original. */
export async function valuesOfCopy(type: RecordType, id: number): Promise<Row> {
  const [fields, item] = await Promise.all([
    queries.ensureQueryData(fieldsQuery(type.entityTypeId)),
    read({ entityTypeId: type.entityTypeId, id }),
  ])
  return Object.fromEntries(
    fields
      .filter(
        ({ name, isReadOnly, type: kind }) =>
          !isReadOnly && !OWN.has(name) && kind !== 'file' && name !== type.stageField,
      )
      .map(({ name }) => [name, name === 'fm' ? withoutIds(item.fm) : item[name]] as const)
      .filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
}

/** Rows of products go along with what they are sold in. */
export async function copyProducts(from: Basis, to: Basis): Promise<void> {
  const codes: Readonly<Record<number, string>> = { [LEAD]: 'L', [DEAL]: 'D', [QUOTE]: 'Q', [INVOICE]: 'SI' }
  const ownerType = (id: number): string => codes[id] ?? `T${id.toString(16)}`
  const { productRows } = await call<{ productRows: readonly Record<string, unknown>[] }>('crm.item.productrow.list', {
    filter: { '=ownerType': ownerType(from.entityTypeId), '=ownerId': from.id },
    order: { sort: 'ASC' },
  })
  if (productRows.length === 0) return
  await call('crm.item.productrow.set', {
    ownerType: ownerType(to.entityTypeId),
    ownerId: to.id,
    productRows: productRows.map(({ id: _id, ownerId: _owner, ownerType: _type, ...row }) => row),
  })
}

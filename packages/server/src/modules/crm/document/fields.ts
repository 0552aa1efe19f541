import type { Context, Portal } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { requireRecord } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { listOf, scalarOf, type Stored } from '../../../store/entity-query.ts'
import type { Reader } from '../../../store/store.ts'
import { load, type Readable, Shown, titleOf } from '../shown.ts'
import { productFields } from './product-fields.ts'
import { requisiteFields } from './requisite-fields.ts'

/** One tag of a template, as `getfields` tells it (crm-document-generator-document-get-fields.md#documentfield). */
export interface DocumentField {
  readonly title: string
  readonly value: string | null
  readonly group: readonly string[]
  /** Where the value comes from, as a path from the document. */
  readonly chain: string
  readonly required?: 'Y'
}

export type DocumentFields = Map<string, DocumentField>

export interface Source {
  readonly portal: Portal
  readonly reader: Reader
  readonly entity: Entity
  readonly stored: Stored
  /** What the document's maker may read: it tells nobody more than they could see for themselves. */
  readonly readable: Readable
}

/** What the caller may read. */
export const readableBy =
  (context: Context): Readable =>
  async (entity, id) => {
    try {
      await requireRecord(context, context.session, entity, id, 'read')
      return true
    } catch (cause) {
      if (cause instanceof Failure) return false
      throw cause
    }
  }

const COMPANY = 4
const CONTACT = 3
const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Everything that a template may say of a record: its own fields, its clients', the portal's own company's, the person's. */
export async function documentFields(
  source: Source,
  document: { readonly number: string; readonly title: string; readonly created: string },
): Promise<DocumentFields> {
  const fields: DocumentFields = new Map()
  const group = ['Document']
  fields.set('DocumentNumber', {
    title: 'Number',
    value: document.number,
    required: 'Y',
    group,
    chain: 'this.DOCUMENT.DOCUMENT_NUMBER',
  })
  fields.set('DocumentTitle', { title: 'Title', value: document.title, group, chain: 'this.DOCUMENT.DOCUMENT_TITLE' })
  fields.set('DocumentCreateTime', {
    title: 'Created',
    value: document.created,
    group,
    chain: 'this.DOCUMENT.DOCUMENT_CREATE_TIME',
  })
  await describe(fields, source, '', [source.entity.title], 'this.SOURCE')
  const company = await linked(source, 'companyId', COMPANY)
  const contact = await linked(source, 'contactId', CONTACT)
  // The seller stands on every document, whoever is responsible for it.
  const mine = await linked({ ...source, readable: async () => true }, 'mycompanyId', COMPANY)
  if (company !== undefined) await describe(fields, company, 'Company', ['Company'], 'this.SOURCE.COMPANY')
  if (contact !== undefined) await describe(fields, contact, 'Contact', ['Contact'], 'this.SOURCE.CONTACT')
  if (mine !== undefined)
    await describe(fields, mine, 'MyCompany', ['Document', 'My Company'], 'this.SOURCE.MY_COMPANY')
  const client = company ?? contact ?? source
  clientFields(fields, client)
  await requisiteFields(fields, client, 'Requisite', ['Requisites'])
  if (mine !== undefined) await requisiteFields(fields, mine, 'MyCompanyRequisite', ['My Company', 'Requisites'])
  await productFields(fields, source)
  return fields
}

async function linked(
  { portal, reader, entity, stored, readable }: Source,
  name: string,
  type: number,
): Promise<Source | undefined> {
  const id = entity.byName.has(name) ? Number(scalarOf(stored, entity.field(name)) ?? 0) : 0
  if (id === 0) return undefined
  const target = await portal.entities.get(reader, type)
  const found = (await readable(target, id)) ? await load(reader, target, id) : undefined
  return found === undefined ? undefined : { portal, reader, entity: target, stored: found, readable }
}

/** `{Title}`, `{CompanyTitle}`, `{ContactPhone}`: a record's fields under a prefix. */
async function describe(
  fields: DocumentFields,
  source: Source,
  prefix: string,
  group: readonly string[],
  chain: string,
): Promise<void> {
  const { portal, reader, entity, stored, readable } = source
  const shown = await Shown.of(portal, reader, entity, stored, readable)
  const add = (code: string, title: string, value: string, path: string): void => {
    if (!fields.has(prefix + code)) fields.set(prefix + code, { title, value, group, chain: `${chain}.${path}` })
  }
  for (const field of entity.fields) {
    const stands = field.place.in === 'column' || field.place.in === 'values'
    if (stands && !field.kind.holdsFile && field.name !== 'searchContent')
      add(pascal(field.name), field.title, await shown.text(field), field.upper)
  }
  add('FormattedName', 'Name', titleOf(entity, stored), 'FORMATTED_NAME')
  for (const [type, value] of points(source)) add(pascal(type.toLowerCase()), pascal(type.toLowerCase()), value, type)
}

/** The first phone, e-mail and site. */
function points({ entity, stored }: Source): Map<string, string> {
  const found = new Map<string, string>()
  if (!entity.byName.has('fm')) return found
  for (const type of ['PHONE', 'EMAIL', 'WEB']) found.set(type, '')
  for (const [, type, , value] of listOf(stored, entity.field('fm')) as [number, string, string, string][])
    if (found.get(type) === '') found.set(type, value)
  return found
}

function clientFields(fields: DocumentFields, client: Source): void {
  const group = ['Client']
  const of = points(client)
  const values = { Name: titleOf(client.entity, client.stored), Phone: of.get('PHONE'), Email: of.get('EMAIL') }
  for (const [name, value = ''] of Object.entries(values))
    fields.set(`Client${name}`, { title: name, value, group, chain: `this.SOURCE.CLIENT_${name.toUpperCase()}` })
}

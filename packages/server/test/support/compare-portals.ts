import { createHash } from 'node:crypto'

/** What is asked of a portal: a test's own one is such. */
export interface ReadablePortal {
  call(method: string, parameters?: unknown): Promise<{ body: { result?: unknown; next?: number; error?: unknown } }>
  send(request: {
    method: 'GET'
    url: string
  }): Promise<{ status: number; text: string; headers: Record<string, unknown> }>
}

type Row = Record<string, unknown>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list that is read whole, and how its rows are told apart. */
interface Listed {
  readonly method: string
  readonly params?: Row
  readonly path?: string
  key(row: Row): string
  /** What two portals may say differently of the same. */
  readonly without?: readonly string[]
}

const byId = (row: Row): string => String(row.ID ?? row.id)
const by =
  (...names: string[]) =>
  (row: Row): string =>
    names.map((name) => String(row[name])).join(' ')

/** The addresses of a file in an answer; one is enough. */
const LINKS = ['urlMachine', 'downloadUrl', 'urlDownload', 'url', 'showUrl']
/** Numbers of rows that belong to something and that nobody names, and names of others that are compared there. */
const NUMBERS = new Set(['valueId', 'ENTITY_SETTINGS', 'authorName', 'image'])

const settings: readonly Listed[] = [
  { method: 'crm.status.list', key: by('ENTITY_ID', 'STATUS_ID') },
  { method: 'crm.currency.list', key: by('CURRENCY'), without: ['DATE_UPDATE', 'DATE_CREATE'] },
  { method: 'crm.type.list', path: 'types', key: byId },
  { method: 'department.get', key: byId },
  {
    method: 'user.get',
    key: byId,
    // When people were last here, and which of the two portals they have signed in to.
    without: ['LAST_LOGIN', 'LAST_ACTIVITY_DATE', 'TIMESTAMP_X', 'IS_ONLINE', 'DATE_REGISTER'],
  },
  ...['lead', 'deal', 'contact', 'company', 'quote', 'requisite'].map((name) => ({
    method: `crm.${name}.userfield.list`,
    key: byId,
  })),
  { method: 'crm.vat.list', key: byId },
  { method: 'crm.measure.list', key: byId },
  { method: 'catalog.catalog.list', path: 'catalogs', key: byId },
  { method: 'catalog.priceType.list', path: 'priceTypes', key: byId },
  { method: 'catalog.productProperty.list', path: 'productProperties', key: byId },
  { method: 'catalog.productPropertyEnum.list', path: 'productPropertyEnums', key: byId },
  { method: 'crm.requisite.preset.list', params: { select: ['*'] }, key: byId },
]

const parts: readonly Listed[] = [
  ...['lead', 'deal', 'contact', 'company', 'quote'].map((name) => ({
    method: `crm.${name}.list`,
    params: { select: ['*', 'UF_*', 'PHONE', 'EMAIL', 'WEB', 'IM'], order: { ID: 'ASC' } },
    key: byId,
  })),
  { method: 'crm.productsection.list', params: { filter: { '>ID': 0 } }, key: byId },
  { method: 'crm.product.list', params: { select: ['*', 'PROPERTY_*'], filter: { '>ID': 0 } }, key: byId },
  { method: 'catalog.price.list', path: 'prices', key: byId },
  { method: 'catalog.ratio.list', path: 'ratios', key: byId },
  { method: 'crm.requisite.list', params: { select: ['*', 'UF_*'] }, key: byId },
  { method: 'crm.requisite.bankdetail.list', params: { select: ['*'] }, key: byId },
  { method: 'crm.address.list', key: by('TYPE_ID', 'ENTITY_TYPE_ID', 'ENTITY_ID') },
  { method: 'crm.requisite.link.list', key: by('ENTITY_TYPE_ID', 'ENTITY_ID') },
  {
    method: 'crm.activity.list',
    params: { select: ['*', 'COMMUNICATIONS', 'FILES', 'BINDINGS', 'IS_INCOMING_CHANNEL'], order: { ID: 'ASC' } },
    key: byId,
  },
]

/** Lists that the API gives for one item of a type at a time. */
const ofItems = (entityTypeId: number, code: string, name: string, id: number): readonly Listed[] => [
  {
    method: 'crm.timeline.comment.list',
    params: { filter: { ENTITY_TYPE: name, ENTITY_ID: id } },
    key: byId,
  },
  { method: 'crm.timeline.logmessage.list', params: { entityTypeId, entityId: id }, key: byId },
  ...([1, 2, 7, 31].includes(entityTypeId) || entityTypeId >= 128
    ? [
        {
          method: 'crm.item.productrow.list',
          params: { filter: { '=ownerType': code, '=ownerId': id } },
          path: 'productRows',
          key: byId,
        },
      ]
    : []),
  ...([1, 2, 4, 7].includes(entityTypeId)
    ? [{ method: `crm.${name}.contact.items.get`, params: { id }, key: by('CONTACT_ID') }]
    : []),
  ...(entityTypeId === 3 ? [{ method: 'crm.contact.company.items.get', params: { id }, key: by('COMPANY_ID') }] : []),
]

const types: readonly (readonly [id: number, code: string, name: string])[] = [
  [1, 'L', 'lead'],
  [2, 'D', 'deal'],
  [3, 'C', 'contact'],
  [4, 'CO', 'company'],
  [7, 'Q', 'quote'],
  [31, 'SI', 'smart_invoice'],
]

/**
 * What two portals answer differently, a line each: settings, items of every type, everything that belongs to them, and
 * the bytes of their files. Both are asked by their API alone; records are the same if they have the same number.
 * @param only the methods to compare, if not all
 */
export async function comparePortals(
  source: ReadablePortal,
  target: ReadablePortal,
  { ignore = {} }: { ignore?: Readonly<Record<string, readonly string[]>> } = {},
): Promise<string[]> {
  const found: string[] = []
  const compare = async (listed: Listed): Promise<Row[]> => {
    const without = new Set([...(listed.without ?? []), ...(ignore[listed.method] ?? []), ...(ignore['*'] ?? [])])
    const [there, here] = await Promise.all([readAll(source, listed), readAll(target, listed)])
    const about = `${listed.method} ${listed.params === undefined ? '' : JSON.stringify(listed.params)}`.slice(0, 90)
    const wanted = new Map(there.map((row) => [listed.key(row), row]))
    const known = new Map(here.map((row) => [listed.key(row), row]))
    for (const [key, row] of wanted) {
      const own = known.get(key)
      if (own === undefined) found.push(`${about} ${key}: missing`)
      else
        for (const name of new Set([...Object.keys(row), ...Object.keys(own)])) {
          if (without.has(name)) continue
          const [a, b] = await Promise.all([shown(source, row[name]), shown(target, own[name])])
          if (a !== b) found.push(`${about} ${key} ${name}: ${a} is ${b}`)
        }
    }
    for (const key of known.keys()) if (!wanted.has(key)) found.push(`${about} ${key}: too many`)
    return there
  }
  for (const listed of settings) await compare(listed)
  for (const listed of parts) await compare(listed)
  const processes = (await readAll(source, { method: 'crm.type.list', path: 'types', key: byId })).map((row) => {
    const id = Number(row.entityTypeId)
    return [id, `T${id.toString(16)}`, `dynamic_${id}`] as const
  })
  for (const [id, code, name] of [...types, ...processes]) {
    await compare({ method: 'crm.category.list', params: { entityTypeId: id }, path: 'categories', key: byId })
    if (id !== 7 && id !== 3 && id !== 4)
      await compare({ method: 'crm.stagehistory.list', params: { entityTypeId: id }, path: 'items', key: byId })
    const items = await compare({
      method: 'crm.item.list',
      params: { entityTypeId: id, order: { id: 'ASC' } },
      path: 'items',
      key: byId,
    })
    for (const item of items) for (const listed of ofItems(id, code, name, Number(item.id))) await compare(listed)
  }
  return found
}

async function readAll(portal: ReadablePortal, { method, params = {}, path }: Listed): Promise<Row[]> {
  const rows: Row[] = []
  for (let start: number | undefined = 0; start !== undefined;) {
    const { body } = await portal.call(method, { ...params, start })
    // What one portal refuses the other has to refuse as well.
    if (body.error !== undefined) return [{ ID: 'refused', error: body.error }]
    const list: unknown = path === undefined ? body.result : isRow(body.result) ? body.result[path] : []
    rows.push(...(Array.isArray(list) ? list : Object.values(isRow(list) ? list : {})).filter(isRow))
    start = body.next
  }
  return rows
}

/** A value as it counts: files by their names and bytes, everything else as it is. */
async function shown(portal: ReadablePortal, value: unknown): Promise<string> {
  return JSON.stringify(await plain(portal, value)) ?? 'nothing'
}

async function plain(portal: ReadablePortal, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((each) => plain(portal, each)))
  if (!isRow(value)) return value
  const link = LINKS.map((name) => value[name]).find((url) => typeof url === 'string' && url !== '')
  if (typeof link === 'string' && ('id' in value || 'ID' in value)) return fileOf(portal, link, value)
  const entries = Object.entries(value).filter(([name]) => !NUMBERS.has(name))
  const isNumbered = entries.length > 0 && entries.every(([name, each]) => isRow(each) && name === String(each.id))
  // Files of comments are under their numbers.
  if (isNumbered) return Promise.all(entries.map(([, each]) => plain(portal, each)))
  const isContact = 'VALUE' in value && 'TYPE' in value && 'ENTITY_ID' in value
  const kept = entries.filter(([name]) => !(isContact && name === 'ID'))
  return Object.fromEntries(await Promise.all(kept.map(async ([name, each]) => [name, await plain(portal, each)])))
}

async function fileOf(portal: ReadablePortal, link: string, { date, type, authorId }: Row): Promise<unknown> {
  const { pathname, search } = new URL(link, 'http://portal')
  const { status, text, headers } = await portal.send({ method: 'GET', url: `${pathname}${search}` })
  const bytes = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const name = String(headers['content-disposition']).replace(/^.*filename\*=/, '')
  return { file: status, name, bytes, date, type, authorId }
}

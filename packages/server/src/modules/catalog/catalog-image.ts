import { catalogField, CatalogCrud } from '../../methods/families/catalog-crud.ts'
import { readDraft } from '../../methods/draft.ts'
import { type Call, Listing, method, need, take } from '../../methods/method.ts'
import { type Draft, emptyDraft } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import * as records from '../../records/records.ts'
import { type Entity, type Field, field } from '../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank } from '../../schema/kind.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { formatDateTime } from '../../schema/time.ts'
import { catalogWire } from '../../schema/wire.ts'
import { entriesOf, scalarOf, type Stored } from '../../store/entity-query.ts'
import { sql } from '../../store/sql.ts'
import { ids } from './numbers.ts'

const scope = 'catalog'
const images = new CatalogCrud({
  prefix: 'catalog.productImage',
  entityTypeId: ids.product,
  one: 'productImage',
  many: 'productImages',
  verbs: [],
  readersOf: ids.product,
  writersOf: ids.product,
  required: ['productId'],
  words: {
    other: 0,
    denied: (verb, reading) => [
      reading ? 200040300010 : 200040300020,
      verb === 'list' ? 'Access denied' : 'Access Denied',
    ],
    notFound: [0, 'Product not found'],
  },
})

const readOnly = { readOnly: true }
/** Described only: pictures are values of their product (api-reference/catalog/product-image/index.md). */
const described = [
  field(integer, 'ID', readOnly)('id'),
  field(string, 'Name', readOnly)('name'),
  field(string, 'Product')('productId'),
  field(string, 'Type')('type'),
  field(datetime, 'Created on', readOnly)('createTime'),
  field(string, 'Address for saving', readOnly)('downloadUrl'),
  field(string, 'Address', readOnly)('detailUrl'),
]

const fixed: Readonly<Record<string, string>> = { DETAIL_PICTURE: 'detailPicture', PREVIEW_PICTURE: 'previewPicture' }
const rule = (text: string): never => {
  throw new Failure({ why: 'rule', text })
}

/** The field that keeps pictures of a type; those beside the two old ones are values of a property. */
async function fieldOf(call: Call, of: Entity, stored: Stored, type: string): Promise<Field | undefined> {
  const name = fixed[type]
  if (name !== undefined) return of.field(name)
  if (type !== 'MORE_PHOTO') return rule('Wrong format of field type')
  const catalog = scalarOf(stored, of.field('iblockId'))
  const [row] = await call.session.find<{ id: number }>(
    sql`select id from crm_product_property where iblock_id = ${catalog} and code = 'MORE_PHOTO' and property_type = 'F' order by id`,
  )
  return row === undefined ? undefined : of.byName.get(`property${row.id}`)
}

interface Picture {
  readonly fileId: number
  readonly type: string
  readonly field: Field
  /** Of a property: the row of the value. */
  readonly row: number | undefined
}

async function picturesOf(call: Call, of: Entity, stored: Stored): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const type of ['PREVIEW_PICTURE', 'DETAIL_PICTURE', 'MORE_PHOTO']) {
    const own = await fieldOf(call, of, stored, type)
    if (own === undefined) continue
    const values = own.place.in === 'column' ? [[undefined, scalarOf(stored, own)] as const] : entriesOf(stored, own)
    for (const [row, value] of values)
      if (typeof value === 'number' && value > 0) pictures.push({ fileId: value, type, field: own, row })
  }
  return pictures
}

async function shown(call: Call, productId: number, pictures: readonly Picture[]): Promise<Record<string, unknown>[]> {
  if (pictures.length === 0) return []
  const files = await call.session.find<{ id: number; name: string; created: number }>(
    sql`select id, name, created from stored_file where id in (${sql.join(pictures.map(({ fileId }) => fileId))})`,
  )
  return pictures.flatMap(({ fileId, type }) => {
    const file = files.find(({ id }) => id === fileId)
    if (file === undefined) return []
    const urls = call.encode.fileUrls(fileId)
    return [
      {
        id: fileId,
        name: file.name,
        productId,
        type,
        createTime: formatDateTime(file.created, call.portal.zone),
        downloadUrl: urls.machine,
        detailUrl: urls.show,
      },
    ]
  })
}

async function find(call: Call, of: Entity, productId: number, id: number): Promise<Picture> {
  const pictures = await picturesOf(call, of, await images.stored(call, of, productId))
  return pictures.find(({ fileId }) => fileId === id) ?? rule('Image not found')
}

async function add(call: Call, of: Entity, productId: number, type: string, content: readonly unknown[]) {
  const stored = await images.stored(call, of, productId)
  const own =
    (await fieldOf(call, of, stored, type)) ??
    rule('The product property for the image does not exist. Create the MORE_PHOTO property')
  const before = new Set((await picturesOf(call, of, stored)).map(({ fileId }) => fileId))
  const fields = { [own.name]: { fileData: content } }
  const draft = await readDraft(call, of, catalogWire, fields, { isNew: false, strict: false })
  await records.update(call, of, productId, draft, { missing: 'refuse' })
  const after = await picturesOf(call, of, await images.stored(call, of, productId))
  return shown(
    call,
    productId,
    after.filter(({ fileId }) => !before.has(fileId)),
  )
}

function removal({ field: own, row }: Picture): Draft {
  const draft = emptyDraft()
  if (row === undefined) draft.values.set(own.name, null)
  else {
    draft.lists.set(own.name, [null])
    draft.rows.set(own.name, [row])
  }
  return draft
}

function idIn(input: unknown): number {
  if (isBlank(input)) throw new Failure({ why: 'rule', text: 'Required fields: productId' })
  try {
    return integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return rule('Wrong format of field productId')
    throw cause
  }
}

export default [
  method({
    name: 'catalog.productImage.add',
    scope,
    params: { fields: need.map, fileContent: need.map },
    run: ({ fields, fileContent }, call) =>
      images.run(call, 'add', async (of) => {
        const type = typeof fields.type === 'string' && fields.type !== '' ? fields.type.toUpperCase() : 'MORE_PHOTO'
        const [productImage] = await add(call, of, idIn(fields.productId), type, Object.values(fileContent))
        return { productImage }
      }),
  }),
  method({
    name: 'catalog.productImage.get',
    scope,
    params: { productId: need.id, id: need.id },
    run: ({ productId, id }, call) =>
      images.run(call, 'get', async (of) => {
        const [productImage] = await shown(call, productId, [await find(call, of, productId, id)])
        return { productImage }
      }),
  }),
  method({
    name: 'catalog.productImage.list',
    scope,
    params: { productId: need.id, select: take.list },
    run: ({ productId, select }, call) =>
      images.run(call, 'list', async (of) => {
        const rows = await shown(call, productId, await picturesOf(call, of, await images.stored(call, of, productId)))
        const names = new Set(select)
        const productImages =
          names.size === 0 || names.has('*')
            ? rows
            : rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name))))
        return new Listing({ productImages }, rows.length)
      }),
  }),
  method({
    name: 'catalog.productImage.delete',
    scope,
    params: { productId: need.id, id: need.id },
    run: ({ productId, id }, call) =>
      images.run(call, 'delete', async (of) => {
        const picture = await find(call, of, productId, id)
        await records.update(call, of, productId, removal(picture), { missing: 'refuse' })
        return true
      }),
  }),
  method({
    name: 'catalog.productImage.getFields',
    scope,
    params: {},
    run: (_none, call) =>
      images.run(call, 'getFields', () => ({
        productImage: Object.fromEntries(described.map((each) => [each.name, catalogField(each, ['productId'])])),
      })),
  }),
]

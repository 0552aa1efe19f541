import { crud } from '../../methods/crud.ts'
import { describeFields } from '../../methods/describe.ts'
import { readDraft } from '../../methods/draft.ts'
import { inStyle, legacyError, legacyStyle } from '../../methods/errors.ts'
import { type Call, isMap, Listing, type Map, type Method, method, need, take } from '../../methods/method.ts'
import type { Draft } from '../../records/change.ts'
import * as records from '../../records/records.ts'
import { checkReferences } from '../../records/references.ts'
import { legacyWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { ids } from './numbers.ts'
import { property } from './property.ts'
import { propertyEnum } from './property-enum.ts'
import { propertyTypeOf, propertyTypes } from './property-types.ts'
import { valuesOf, writeValues } from './property-values.ts'

const scope = 'crm'
const style = 'legacy'
const upper = (fields: Map): Map =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.toUpperCase(), value]))

/** Writes a property and, with it, the values of its list. */
async function write(
  call: Call,
  action: 'add' | 'update',
  fields: Map,
  body: (tx: Transaction, draft: Draft) => Promise<number>,
): Promise<number> {
  const { portal, session } = call
  await portal.access.require(call, property, action)
  const draft = await readDraft(call, property, legacyWire, fields, { isNew: action === 'add', strict: false })
  await checkReferences(call, property, draft, 'clear')
  return portal.caches.changing(session, ['entities'], async (tx) => {
    const id = await body(tx, draft)
    const { VALUES: values } = upper(fields)
    const [row] = await tx.find<{ property_type: string }>(
      sql`select property_type from crm_product_property where id = ${id}`,
    )
    if (values !== undefined && row?.property_type === 'L') await writeValues({ ...call, tx }, id, values)
    return id
  })
}

/** Rows with the values of their lists. */
async function withValues(call: Call, rows: readonly Record<string, unknown>[]): Promise<Record<string, unknown>[]> {
  const values = await valuesOf(call.session)
  return rows.map((row) => {
    const own = row.PROPERTY_TYPE === 'L' ? (values.get(Number(row.ID)) ?? []) : undefined
    return own === undefined ? row : { ...row, VALUES: Object.fromEntries(own.map((each) => [String(each.ID), each])) }
  })
}

type Rows = Record<string, unknown>[]

/** The plain methods, whose rows get their values. */
const reading = crud('crm.product.property', ids.property, { verbs: ['get', 'list', 'delete'] }).map(
  (each): Method => ({
    ...each,
    async run(call) {
      const answer = await each.run(call)
      if (answer instanceof Listing)
        return new Listing(await withValues(call, answer.result as Rows), answer.total, answer.next)
      return isMap(answer) ? (await withValues(call, [answer]))[0] : answer
    },
  }),
)

const describedSettings: Readonly<Record<string, { readonly type: string; readonly title: string }>> = {
  HEIGHT: { type: 'integer', title: 'Height' },
  SIZE: { type: 'integer', title: 'Size of the list' },
  WIDTH: { type: 'integer', title: 'Width of the list' },
  GROUP: { type: 'char', title: 'Group by sections' },
  MULTIPLE: { type: 'char', title: 'List of several' },
  TABLE_NAME: { type: 'string', title: 'Directory' },
  WRITE: { type: 'char', title: 'Values may be changed' },
  CURRENT_VALUE: { type: 'integer', title: 'Current value' },
  VIEW: { type: 'string', title: 'Appearance' },
  SHOW_ADD: { type: 'char', title: 'Elements may be added' },
  MAX_WIDTH: { type: 'integer', title: 'Greatest width' },
  LEAD: { type: 'char', title: 'Leads' },
  CONTACT: { type: 'char', title: 'Contacts' },
  COMPANY: { type: 'char', title: 'Companies' },
  DEAL: { type: 'char', title: 'Deals' },
  VISIBLE: { type: 'char', title: 'Visible in the card of the record' },
}

const described = (type: string, title: string, more: object = {}): object => ({
  type,
  isRequired: false,
  isReadOnly: false,
  isImmutable: false,
  isMultiple: false,
  isDynamic: false,
  title,
  ...more,
})

export default [
  ...reading,
  method({
    name: 'crm.product.property.add',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(legacyStyle, 'write', () =>
        write(call, 'add', fields, (tx, draft) => records.createWithin({ ...call, tx }, property, draft, true)),
      ),
  }),
  method({
    name: 'crm.product.property.update',
    scope,
    style,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(legacyStyle, 'write', async () => {
        await write(call, 'update', fields, async (tx, draft) => {
          await records.updateWithin({ ...call, tx }, property, id, draft)
          return id
        })
        return true
      }),
  }),
  method({
    name: 'crm.product.property.fields',
    scope,
    style,
    params: {},
    run: () => ({
      ...describeFields(property, legacyWire),
      VALUES: described('product_property_enum_element', 'Values', { isMultiple: true }),
    }),
  }),
  method({
    name: 'crm.product.property.types',
    scope,
    style,
    params: {},
    run: () =>
      propertyTypes.map(({ propertyType, userType, description }) => ({
        PROPERTY_TYPE: propertyType,
        USER_TYPE: userType,
        DESCRIPTION: description,
      })),
  }),
  method({
    name: 'crm.product.property.settings.fields',
    scope,
    style,
    params: { propertyType: need.text, userType: take.text },
    run({ propertyType, userType }) {
      const type = propertyTypeOf(propertyType, userType)
      if (type === undefined) throw legacyError('Invalid property type specified')
      return Object.fromEntries(
        Object.keys(type.settings).map((name) => {
          const { type: kind, title } = describedSettings[name] ?? { type: 'string', title: name }
          return [name, described(kind, title)]
        }),
      )
    },
  }),
  method({
    name: 'crm.product.property.enumeration.fields',
    scope,
    style,
    params: {},
    run: () => describeFields(propertyEnum, legacyWire),
  }),
]

import { camelFromUpper } from '../../../../schema/user-field-names.ts'
import { type Fields, idIn, type Kind, listOf, type Made, mapOf, without, type Workshop } from './kind.ts'

const moduleId = 'crm'
const fieldIn = (answer: unknown): Record<string, unknown> => mapOf(mapOf(answer).field)

/** The families of one entity each: some labels, and the fields of people and requisites, only they can write. */
const families: Readonly<Record<string, string>> = {
  CRM_LEAD: 'crm.lead',
  CRM_DEAL: 'crm.deal',
  CRM_CONTACT: 'crm.contact',
  CRM_COMPANY: 'crm.company',
  CRM_QUOTE: 'crm.quote',
  CRM_REQUISITE: 'crm.requisite',
  USER: 'user',
}
export const ALONE = ['CRM_REQUISITE', 'USER']
/** What userfieldconfig.* do not write, and those families do. */
const OTHERS = ['listColumnLabel', 'listFilterLabel', 'errorMessage', 'showInList']

/** The family of an entity that userfieldconfig.* know nothing of. */
const aloneIn = (entityId: unknown): string | undefined =>
  ALONE.includes(String(entityId)) ? families[String(entityId)] : undefined

const WRITTEN =
  'FIELD_NAME USER_TYPE_ID XML_ID SORT MULTIPLE MANDATORY SHOW_FILTER SHOW_IN_LIST EDIT_IN_LIST IS_SEARCHABLE SETTINGS ' +
  'EDIT_FORM_LABEL LIST_COLUMN_LABEL LIST_FILTER_LABEL ERROR_MESSAGE HELP_MESSAGE VALUE DEF ID'

const upperNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries(WRITTEN.split(' ').map((name) => [camelFromUpper(name), name])),
  enum: 'LIST',
}

/** In the words of the families of one entity. */
const upper = (field: Fields): Fields =>
  Object.fromEntries(
    Object.entries(field).flatMap(([key, value]) => {
      const name = upperNames[key]
      if (name === undefined) return []
      return [[name, key === 'enum' ? listOf(value).map(upper) : value]]
    }),
  )

/** A field as the families show it, in the words of userfieldconfig.*. */
export const asConfigured = (row: Fields): Record<string, unknown> => {
  const told = Object.fromEntries(Object.entries(row).map(([key, value]) => [camelFromUpper(key), value]))
  return { ...told, enum: listOf(row.LIST).map((each) => asConfigured(without(each, ['LIST']))) }
}

/** The field as it is, whichever methods know it; undefined where it is gone. */
async function find({ ask }: Workshop, id: Made['id']): Promise<Record<string, unknown> | undefined> {
  const found = await ask('userfieldconfig.get', { moduleId, id })
  if (found !== undefined) return fieldIn(found)
  for (const entityId of ALONE) {
    const [row] = listOf(await ask(`${families[entityId] ?? ''}.userfield.list`, { filter: { ID: id } }))
    if (row !== undefined) return asConfigured(row)
  }
  return undefined
}

const optionsIn = (field: Record<string, unknown> | undefined): Record<string, unknown>[] =>
  listOf(Object.values(mapOf(field?.enum)))

/** Says what only the methods of its entity write. */
async function complete({ call }: Workshop, id: Made['id'], { entityId, ...field }: Fields): Promise<void> {
  const given = upper(Object.fromEntries(Object.entries(field).filter(([key]) => OTHERS.includes(key))))
  const family = families[String(entityId)]
  if (Object.keys(given).length > 0 && family !== undefined)
    await call(`${family}.userfield.update`, { id, fields: given })
}

/** A reference to a user field is its name; `@name.option` is the id of an option, by its value or XML_ID. */
export const fields: Kind = {
  async add(shop, field) {
    const family = aloneIn(field.entityId)
    if (family !== undefined) {
      const id = Number(await shop.call(`${family}.userfield.add`, { fields: upper(field) }))
      return { id, value: String((await find(shop, id))?.fieldName) }
    }
    const made = fieldIn(await shop.call('userfieldconfig.add', { moduleId, field: without(field, OTHERS) }))
    await complete(shop, Number(made.id), field)
    return { id: Number(made.id), value: String(made.fieldName) }
  },
  async update(shop, id, field) {
    const known = optionsIn(await find(shop, id))
    const options = listOf(field.enum).map((option) => {
      const same = known.find(({ value, xmlId }) =>
        option.xmlId === undefined ? value === option.value : xmlId === option.xmlId,
      )
      return same === undefined ? option : { ...option, id: same.id }
    })
    const changed = {
      ...without(field, ['entityId', 'fieldName', 'multiple', 'enum']),
      ...(field.enum === undefined ? {} : { enum: options }),
    }
    const family = aloneIn(field.entityId)
    if (family !== undefined)
      await shop.call(`${family}.userfield.update`, { id, fields: upper(without(changed, ['userTypeId'])) })
    else {
      await shop.call('userfieldconfig.update', { moduleId, id, field: without(changed, OTHERS) })
      await complete(shop, id, field)
    }
    return undefined
  },
  exists: async (shop, id) => (await find(shop, id)) !== undefined,
  async adopt({ ask }, { entityId, fieldName }) {
    const family = aloneIn(entityId)
    const found =
      family === undefined
        ? listOf(mapOf(await ask('userfieldconfig.list', { moduleId, filter: { entityId, fieldName } })).fields)
        : listOf(await ask(`${family}.userfield.list`, { filter: { FIELD_NAME: fieldName } })).map(asConfigured)
    const [first] = found
    return first === undefined ? undefined : { id: idIn(first), value: String(first.fieldName ?? fieldName) }
  },
  async member(shop, id, name) {
    const found = optionsIn(await find(shop, id)).find(({ value, xmlId }) => value === name || xmlId === name)
    return found === undefined ? undefined : Number(found.id)
  },
}

import type { Directories } from '../../records/directories.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import { itemWire } from '../../schema/wire.ts'
import type { Reader } from '../../store/store.ts'

/** How strangers fill a field in: what browsers have for it. */
export type InputType =
  'text' | 'textarea' | 'number' | 'tel' | 'email' | 'url' | 'date' | 'datetime' | 'checkbox' | 'select' | 'file'

export interface FormInput {
  /** `title`, `phone`, `ufCrm_1a2b`; of the client of a deal: `contact.name`. */
  readonly name: string
  readonly title: string
  readonly input: InputType
  /** The record can't do without it. */
  readonly required: boolean
  readonly multiple: boolean
  readonly options?: readonly { readonly value: string; readonly title: string }[]
}

/** By the type that `crm.item.fields` tells; what is not here is not for strangers. */
const INPUTS: Readonly<Record<string, InputType>> = {
  string: 'text',
  text: 'textarea',
  integer: 'number',
  double: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'checkbox',
  enumeration: 'select',
  crm_status: 'select',
  url: 'url',
  file: 'file',
}

/** Fields of the portal's own work, which strangers have no business with. */
const INTERNAL =
  /^(?:id|xmlId|opened|stage\w*|status\w*|statusDescription|categoryId|currencyId|opportunity|isManualOpportunity|taxValue|probability|closed|sourceId|origin\w*|utm\w*|webformId|observers|typeId|export|face\w*|has[A-Z]\w*|lead\w*|last\w+By|skype|icq|shortName|isMyCompany|isRecurring|isNew|isRepeatedApproach|isReturnCustomer|searchContent|additionalInfo|locationId|begindate|closedate)$/

/** Phones and the like are no columns: a form asks for one of each. */
const COMMUNICATIONS = [
  { name: 'phone', title: 'Phone', input: 'tel', typeId: 'PHONE' },
  { name: 'email', title: 'E-mail', input: 'email', typeId: 'EMAIL' },
  { name: 'web', title: 'Website', input: 'url', typeId: 'WEB' },
] as const

/** What `phone` and its like are in multifields; undefined for a field of the record. */
export const communicationOf = (name: string): string | undefined =>
  COMMUNICATIONS.find((each) => each.name === name)?.typeId

export const CLIENT = 'contact.'
const CONTACT = 3

/** Forms make leads, contacts, deals, and items of smart processes: whatever remembers the form that it came from. */
export const takesForms = (entity: Entity): boolean => entity.byName.has('webformId')

interface From {
  readonly entities: { get(reader: Reader, entityTypeId: number): Promise<Entity> }
  readonly directories: Directories
}

/** Everything that a form of a type may ask for. */
export async function formInputs(
  { entities, directories }: From,
  reader: Reader,
  entity: Entity,
): Promise<FormInput[]> {
  const own = await inputsOf(directories, reader, entity)
  if (!entity.byName.has('contactId') || entity.byName.has('fm')) return own
  const client = await inputsOf(directories, reader, await entities.get(reader, CONTACT))
  return [...client.map((each) => ({ ...each, name: `${CLIENT}${each.name}`, required: false })), ...own]
}

async function inputsOf(directories: Directories, reader: Reader, entity: Entity): Promise<FormInput[]> {
  const inputs: FormInput[] = []
  if (entity.byName.has('fm'))
    for (const { name, title, input } of COMMUNICATIONS)
      inputs.push({ name, title, input, required: false, multiple: false })
  for (const field of itemWire.fields(entity)) {
    const input = INPUTS[itemWire.type(field)]
    if (input === undefined || !isOffered(field)) continue
    const options = await optionsOf(directories, reader, field)
    inputs.push({
      name: field.name,
      title: field.labels?.form ?? field.title,
      input,
      required: field.required === true,
      multiple: field.multiple === true && (input === 'select' || input === 'file'),
      ...(options === undefined ? {} : { options }),
    })
  }
  return inputs
}

const isOffered = ({ name, readOnly, disabled, deprecated, place, userFieldId }: Field): boolean =>
  readOnly !== true &&
  readOnly !== 'item' &&
  disabled !== true &&
  deprecated !== true &&
  (place.in === 'column' || place.in === 'values') &&
  (userFieldId !== undefined || !INTERNAL.test(name))

async function optionsOf(
  directories: Directories,
  reader: Reader,
  { options, statusType }: Field,
): Promise<FormInput['options']> {
  if (options !== undefined) return options.map(({ id, value }) => ({ value: String(id), title: value }))
  if (statusType === undefined) return undefined
  return (await directories.statuses(reader, statusType)).map(({ statusId, name }) => ({
    value: statusId,
    title: name,
  }))
}

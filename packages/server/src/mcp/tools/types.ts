import { bounded } from '../compact.ts'
import type { FieldDescription } from '../fields.ts'
import { recordTypes, typeNamed } from '../record-types.ts'
import { answerOf, isSet, type JsonObject, objectOf, textOf, type Tool, typeArgument, type Work } from '../tool.ts'

/** Fields with more values than these tell only how many there are. */
const MOST_VALUES = 60

const listTypes: Tool = {
  name: 'list_types',
  title: 'List types of records',
  description:
    'Lists the types of CRM records of this portal: leads, deals, contacts, companies, quotes, invoices and its smart processes. The other tools take the names as `type`.',
  input: objectOf({}),
  output: answerOf({ types: { type: 'array', items: { type: 'object' } } }, ['types']),
  effect: 'read',
  idempotent: true,
  async run(_args, work) {
    work.touch({ method: 'crm.enum.ownertype' })
    return { types: await recordTypes(work.backend, work.signal) }
  },
}

const describeFields: Tool = {
  name: 'describe_fields',
  title: 'Describe the fields of a type of record',
  description:
    'Tells the fields of a type of record as this portal has them, custom fields included: names, types, what people call them, which are required or read-only, and the values that choices take. Look here before you filter, add or change records.',
  input: objectOf(
    {
      type: typeArgument,
      query: { type: 'string', maxLength: 100, description: 'Only fields whose name or title has this in it' },
      writable: { type: 'boolean', description: 'Only fields that can be written' },
    },
    ['type'],
  ),
  output: answerOf({ type: { type: 'string' }, fields: { type: 'array', items: { type: 'object' } } }, [
    'type',
    'fields',
  ]),
  effect: 'read',
  idempotent: true,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    work.touch({ method: 'crm.item.fields', entityTypeId: type.entityTypeId })
    const all = Object.entries(await work.fields.of(type.entityTypeId, work.signal))
    const query = textOf(args, 'query')?.toLowerCase()
    const shown = all.filter(
      ([name, { title, isReadOnly }]) =>
        (query === undefined || name.toLowerCase().includes(query) || title.toLowerCase().includes(query)) &&
        !(isSet(args, 'writable') && isReadOnly === true),
    )
    const choices = shown.some(([, { statusType }]) => statusType !== undefined) ? await directories(work) : new Map()
    const { value, cut } = bounded(shown.map(([name, field]) => described(name, field, choices)))
    return {
      type: type.name,
      entityTypeId: type.entityTypeId,
      fields: value,
      total: shown.length,
      ...(cut === undefined ? {} : { cut }),
    }
  },
}

type Choices = ReadonlyMap<string, Readonly<Record<string, string>>>

/** The entries of the CRM's directories, by directory: codes with what they are called. */
async function directories({ backend, signal }: Work): Promise<Choices> {
  const { result } = await backend.call('crm.status.list', { order: { SORT: 'ASC' } }, { signal })
  const found = new Map<string, Record<string, string>>()
  for (const row of (Array.isArray(result) ? result : []) as Record<string, string>[]) {
    const { ENTITY_ID = '', STATUS_ID = '', NAME = '' } = row
    const known = found.get(ENTITY_ID) ?? {}
    known[STATUS_ID] = NAME
    found.set(ENTITY_ID, known)
  }
  return found
}

/** How values of these types look, where it is not plain. */
const forms: Readonly<Record<string, string>> = {
  crm_multifield:
    '[{"typeId": "PHONE", "valueType": "WORK", "value": "+49 30 1234567"}, {"typeId": "EMAIL", "valueType": "WORK", "value": "ada@example.com"}]',
  boolean: '"Y" or "N"',
  datetime: '"2026-01-31T12:00:00+00:00"',
  date: '"2026-01-31"',
  money: '"12.50|EUR"',
  file: '["name.pdf", "base64 of the bytes"]',
}

function described(name: string, field: FieldDescription, choices: Choices): JsonObject {
  const { type, title, isRequired, isReadOnly, isImmutable, isMultiple, isDynamic, isDeprecated, statusType, items } =
    field
  const form = forms[type]
  const own = items === undefined ? undefined : Object.fromEntries(items.map(({ ID, VALUE }) => [ID, VALUE]))
  const values = own ?? (statusType === undefined ? undefined : choices.get(statusType))
  const count = Object.keys(values ?? {}).length
  return {
    name,
    title,
    type,
    ...(isRequired === true ? { required: true } : {}),
    ...(isReadOnly === true ? { readOnly: true } : {}),
    ...(isImmutable === true ? { onlyWhenAdded: true } : {}),
    ...(isMultiple === true ? { multiple: true } : {}),
    ...(isDynamic === true ? { custom: true } : {}),
    ...(isDeprecated === true ? { deprecated: true } : {}),
    ...(form === undefined || isReadOnly === true ? {} : { example: form }),
    ...(values === undefined || count === 0 ? {} : count > MOST_VALUES ? { values: `${count} values` } : { values }),
  }
}

export const typeTools: readonly Tool[] = [listTypes, describeFields]

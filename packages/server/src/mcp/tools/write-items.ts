import type { Params } from '../backend.ts'
import { Refusal } from '../backend.ts'
import { bounded, withoutEmpty } from '../compact.ts'
import { type RecordType, typeNamed } from '../record-types.ts'
import {
  answerOf,
  dryRunArgument,
  idArgument,
  isSet,
  type JsonObject,
  mapOf,
  numberOf,
  objectOf,
  type Tool,
  typeArgument,
  type Work,
} from '../tool.ts'
import { itemOf } from './items.ts'

const fieldsArgument = {
  type: 'object',
  minProperties: 1,
  description:
    'Values by the names of fields, as describe_fields tells them: {"title": "New shop", "opportunity": 5000, "fm": [{"typeId": "EMAIL", "valueType": "WORK", "value": "ada@example.com"}]}',
}
const output = answerOf({
  type: { type: 'string' },
  id: { type: 'integer' },
  item: { type: 'object' },
  dryRun: { type: 'string', enum: ['undone', 'checked'] },
})

/** One write: what is checked before it, what is sent, and what is told of it. */
interface Write {
  readonly method: string
  readonly type: RecordType
  readonly id?: number
  readonly params: Params
  readonly fields?: Params
}

async function written(args: Params, work: Work, write: Write): Promise<JsonObject> {
  const { method, type, id, params, fields } = write
  const dryRun = isSet(args, 'dryRun')
  const { entityTypeId } = type
  work.touch({
    method,
    entityTypeId,
    id: id === undefined ? undefined : String(id),
    ...(dryRun ? { dryRun: true } : {}),
  })
  if (fields !== undefined) await requireWritable(work, entityTypeId, fields, id === undefined)
  const options = { signal: work.signal }
  const sent = { entityTypeId, ...params }
  if (!dryRun) return told(type, id, itemOf(await work.backend.call(method, sent, options)))
  const { how, result } = await work.backend.rehearse(method, sent, options)
  if (how === 'checked') {
    // Nobody can know from outside whether it may be written, but whether it is there.
    if (id !== undefined) await work.backend.call('crm.item.get', { entityTypeId, id }, options)
    else await requireFilled(work, entityTypeId, fields ?? {})
    return { dryRun: how, type: type.name, ...(id === undefined ? {} : { id }), wouldSend: { method, params: sent } }
  }
  const { id: _newId, item, ...rest } = told(type, id, itemOf({ result }))
  const shown = id === undefined ? { item: withoutId(item) } : { id, ...(item === undefined ? {} : { item }) }
  return { dryRun: how, ...rest, ...shown, wouldSend: { method, params: sent } }
}

/** The id of what was undone will be that of another record. */
const withoutId = (item: unknown): JsonObject => {
  const { id: _id, ...rest } = (item ?? {}) as Record<string, unknown>
  return rest
}

function told(type: RecordType, id: number | undefined, item: Record<string, unknown>): JsonObject {
  const shown = withoutEmpty(item)
  const known = id ?? (typeof item.id === 'number' ? item.id : undefined)
  const { value, cut } = bounded(shown)
  return {
    type: type.name,
    ...(known === undefined ? {} : { id: known }),
    ...(Object.keys(shown).length === 0 ? {} : { item: value }),
    ...(cut === undefined ? {} : { cut }),
  }
}

/** The portal passes over names that it doesn't know and fields that only it writes. */
async function requireWritable(work: Work, entityTypeId: number, given: Params, isNew: boolean): Promise<void> {
  await work.fields.requireKnown(entityTypeId, Object.keys(given), work.signal)
  const fields = await work.fields.of(entityTypeId, work.signal)
  const fixed = Object.keys(given).filter((name) => {
    const field = fields[name]
    return field?.isReadOnly === true || (field?.isImmutable === true && !isNew)
  })
  if (fixed.length > 0)
    throw new Refusal({
      code: 'READ_ONLY_FIELD',
      text: `The portal itself writes ${fixed.join(', ')}`,
      status: 400,
      hint: 'Leave such fields out; describe_fields with writable: true tells the others.',
    })
}

async function requireFilled(work: Work, entityTypeId: number, given: Params): Promise<void> {
  const fields = await work.fields.of(entityTypeId, work.signal)
  const missing = Object.entries(fields).filter(
    ([name, { isRequired, isReadOnly }]) => isRequired === true && isReadOnly !== true && !Object.hasOwn(given, name),
  )
  if (missing.length > 0)
    throw new Refusal({
      code: 'REQUIRED_FIELD',
      text: `A value is needed for ${missing.map(([name]) => name).join(', ')}`,
      status: 400,
    })
}

const addItem: Tool = {
  name: 'add_item',
  title: 'Add a record',
  description:
    'Adds one record and shows it as it was stored. With dryRun nothing is stored: rights and values are checked and what would be sent is shown. Look for the record first (find_items): calling twice adds two.',
  input: objectOf({ type: typeArgument, fields: fieldsArgument, dryRun: dryRunArgument }, ['type', 'fields']),
  output,
  effect: 'write',
  idempotent: false,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    const fields = mapOf(args, 'fields')
    return written(args, work, { method: 'crm.item.add', type, params: { fields }, fields })
  },
}

const updateItem: Tool = {
  name: 'update_item',
  title: 'Change a record',
  description:
    'Changes the given fields of one record and shows it as it is then; other fields stay. Lists such as contactIds or fm are given whole. With dryRun nothing is stored.',
  input: objectOf({ type: typeArgument, id: idArgument, fields: fieldsArgument, dryRun: dryRunArgument }, [
    'type',
    'id',
    'fields',
  ]),
  output,
  effect: 'destroy',
  idempotent: true,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    const [id, fields] = [numberOf(args, 'id', 0), mapOf(args, 'fields')]
    return written(args, work, { method: 'crm.item.update', type, id, params: { id, fields }, fields })
  },
}

const deleteItem: Tool = {
  name: 'delete_item',
  title: 'Delete a record',
  description:
    'Deletes one record for good, with its comments and activities. Make sure with get_item that it is the right one; with dryRun nothing is deleted.',
  input: objectOf({ type: typeArgument, id: idArgument, dryRun: dryRunArgument }, ['type', 'id']),
  output,
  effect: 'destroy',
  idempotent: true,
  async run(args, work) {
    const type = await typeNamed(work.backend, args.type, work.signal)
    const id = numberOf(args, 'id', 0)
    return {
      ...(await written(args, work, { method: 'crm.item.delete', type, id, params: { id } })),
      ...(isSet(args, 'dryRun') ? {} : { deleted: true }),
    }
  },
}

export const writingItemTools: readonly Tool[] = [addItem, updateItem, deleteItem]

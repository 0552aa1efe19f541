import type { Answer } from 'portico-client'
import { ConfigError } from '../../config/options.ts'
import { asRow } from '../output/cell.ts'
import { CommandError, exit } from '../terminal.ts'
import { fieldRows } from './field-rows.ts'
import { requireKnownNames } from './field-names.ts'
import { givenMap, textAssignment } from './given-values.ts'
import type { DeleteOptions, ReadOptions, WriteOptions } from './noun-options.ts'
import type { Noun } from './nouns.ts'
import { assign, type Assignment } from './params.ts'
import { deleteRequest, fieldsRequest, getRequest, type Request, unwrapped, writeRequest } from './request.ts'
import type { Task } from './task.ts'

export { list } from './list.ts'

/** Shows one record. */
export async function get({ calling, noun, type }: Task, options: ReadOptions, id: string): Promise<void> {
  const { client, output, signal } = calling
  const { method, params } = getRequest(noun, type, known(noun, id))
  const answer = await client.request(method, params, { signal })
  if (options.envelope) return output.value(enveloped(answer))
  const result = unwrapped(noun, answer.result)
  // Where a record is found by a filter, nothing found is no error of the portal's.
  if (noun.list !== undefined && Array.isArray(result)) {
    if (result.length === 0) throw new CommandError(`there is no ${noun.name} ${id}`)
    return output.value(result[0])
  }
  await output.value(result)
}

export async function fields({ calling, noun, type }: Task, options: ReadOptions): Promise<void> {
  const { client, output, signal } = calling
  const { method, params } = fieldsRequest(noun, type)
  const answer = await client.request(method, params, { signal })
  if (options.envelope) return output.value(enveloped(answer))
  const result = unwrapped(noun, answer.result)
  if (!output.isList) return output.value(result)
  await output.rows(fieldRows(result))
}

export async function create(task: Task, options: WriteOptions): Promise<void> {
  const given = await givenFields(task, options)
  await write(task, options, writeRequest(task.noun, task.type, { fields: given }), `A new ${task.noun.name} is added.`)
}

export async function update(task: Task, options: WriteOptions, id: string): Promise<void> {
  const { noun, type } = task
  const given = await givenFields(task, options)
  await write(
    task,
    options,
    writeRequest(noun, type, { id: known(noun, id), fields: given }),
    `${capital(noun.name)} ${id} is changed.`,
  )
}

/** Deletes one record or several; of several each has its own outcome. */
export async function remove(task: Task, options: DeleteOptions, ids: readonly string[]): Promise<void> {
  const { calling, noun, type } = task
  const { output, signal } = calling
  const requests = ids.map((id) => deleteRequest(noun, type, known(noun, id)))
  if (options.dryRun) return output.value(requests.length === 1 ? requests[0] : requests)
  const what = ids.length === 1 ? `${noun.name} ${ids[0]}` : `${ids.length} ${noun.plural}`
  if (!options.yes && !(await output.confirm(`Delete ${what}?`))) throw new CommandError('nothing was deleted')
  const { client } = calling
  const [first] = requests
  if (requests.length === 1 && first !== undefined) {
    const answer = await client.request(first.method, first.params, { signal })
    return told(task, options, answer, `${capital(what)} is deleted.`)
  }
  const { results, errors } = await client.batch(requests, { signal })
  const failed = Object.entries(errors)
  for (const [index, error] of failed) output.warn(`${noun.name} ${ids[Number(index)]}: ${error.message}`)
  await output.rows(
    ids.map((id, index) => ({ [noun.id]: id, result: String(index) in errors ? false : (results[index] ?? true) })),
  )
  if (failed.length > 0)
    throw new CommandError(`${failed.length} of ${ids.length} could not be deleted`, {
      exitCode: failed.length === ids.length ? exit.failure : exit.partial,
    })
}

async function write(task: Task, options: WriteOptions, request: Request, done: string): Promise<void> {
  const { calling } = task
  if (options.dryRun) return calling.output.value(request)
  const { client, signal } = calling
  await told(task, options, await client.request(request.method, request.params, { signal }), done)
}

/** The result; where it is no more than a yes, people read a sentence. */
async function told(
  { calling, noun }: Task,
  options: { readonly envelope: boolean; readonly idOnly?: boolean },
  answer: Answer,
  done: string,
): Promise<void> {
  const { output, program } = calling
  if (options.envelope) return output.value(enveloped(answer))
  const result = unwrapped(noun, answer.result)
  if (options.idOnly === true) {
    const id = typeof result === 'object' && result !== null ? asRow(result)[noun.id] : result
    if (id !== true) program.stdout.write(`${String(id)}\n`)
    return
  }
  if (output.format === 'table' && (typeof result !== 'object' || result === null)) output.note(done)
  if (output.format !== 'table' || (result !== true && result !== null)) await output.value(result)
}

async function givenFields(task: Task, options: WriteOptions): Promise<Record<string, unknown>> {
  const { program } = task.calling
  if (options.fields === undefined && options.set.length === 0)
    throw new ConfigError('--set', null, 'no field is given: --set FIELD=value or --fields JSON')
  const base = options.fields === undefined ? {} : await givenMap('--fields', options.fields, program)
  const assignments: Assignment[] = []
  for (const each of options.set) assignments.push(await textAssignment('--set', each, program))
  const given = assign(base, assignments)
  if (options.check && !options.dryRun) await requireKnownNames(task, Object.keys(given))
  return given
}

/** @throws {ConfigError} for what is no id, before it is sent */
function known(noun: Noun, id: string): string {
  if (noun.id === 'CURRENCY' ? /^[A-Za-z]{3}$/.test(id) : /^\d{1,19}$/.test(id)) return id
  throw new ConfigError('ID', id, `ID "${id}" is refused: expected the id of a ${noun.name}`)
}

const enveloped = ({ result, total, next, time }: Answer): Partial<Answer> => ({
  result,
  ...(total === undefined ? {} : { total }),
  ...(next === undefined ? {} : { next }),
  ...(time === undefined ? {} : { time }),
})

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`

import { nearest } from '../../config/nearest.ts'
import { ConfigError } from '../../config/options.ts'
import { fieldsRequest, unwrapped } from './request.ts'
import type { Task } from './task.ts'

/**
 * Portals pass over names that they do not know, so that a slip of the finger would lose a value or list everything.
 * A name that resembles a field is refused; another one is warned of, since portals take more than they list.
 * @throws {ConfigError}
 */
export async function requireKnownNames(task: Task, names: readonly string[]): Promise<void> {
  const { calling, noun } = task
  const familiar = new Set(['ID', 'id', noun.id, ...noun.columns, noun.sample.split('=')[0]])
  const doubtful = names.filter((name) => !familiar.has(name))
  if (doubtful.length === 0) return
  const fields = await fieldNames(task)
  for (const name of doubtful) {
    if (fields.has(name) || fields.size === 0) continue
    const meant = nearest(name, fields)
    if (meant !== undefined)
      throw new ConfigError(
        name,
        null,
        `a ${noun.name} has no field ${name}; did you mean ${meant}? (--no-check sends it as it is)`,
      )
    calling.output.warn(`a ${noun.name} has no field ${name}: the portal may pass over it`)
  }
}

async function fieldNames({ calling, noun, type }: Task): Promise<Set<string>> {
  const { method, params } = fieldsRequest(noun, type)
  const result = unwrapped(noun, await calling.client.call(method, params, { signal: calling.signal }))
  if (typeof result !== 'object' || result === null) return new Set()
  // The newer methods name fields of people in two ways.
  const names = Object.entries(result).flatMap(([name, about]: [string, unknown]) => {
    const upper = typeof about === 'object' && about !== null ? (about as { upperName?: unknown }).upperName : undefined
    return typeof upper === 'string' ? [name, upper] : [name]
  })
  return new Set(names)
}

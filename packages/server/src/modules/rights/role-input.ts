import { ApiError } from '../../methods/errors.ts'
import { argument, type Call, isMap, listOfInput, type Map } from '../../methods/method.ts'
import { readAccessCode } from '../../records/access-codes.ts'
import { departmentsIn } from '../../records/departments.ts'
import { type Action, actions, type Level, levels } from '../../records/levels.ts'
import type { Permission } from '../../records/roles.ts'
import type { Entity } from '../../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../schema/kind.ts'
import { pipelines } from '../crm/general-pipeline.ts'
import { stageDirectory } from '../crm/stages.ts'

const MAX_NAME = 255
const MAX_CODES = 5000
const MAX_PERMISSIONS = 10_000

const invalid = (field: string, detail: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${field}': ${detail}`)

export function nameOf(input: unknown): string {
  const name = isBlank(input) ? '' : reading('name', () => textOf(input).trim())
  if (name === '') throw new ApiError('REQUIRED_ARG_MISSING', 400, "Field 'name' is required")
  if (name.length > MAX_NAME) throw invalid('name', `more than ${MAX_NAME} characters`)
  return name
}

/** Access codes of people and departments that there are, and of everybody; each once. */
export async function accessOf(call: Call, input: unknown): Promise<string[]> {
  const given = isBlank(input) ? [] : listOfInput(input)
  if (given.length > MAX_CODES) throw invalid('access', `more than ${MAX_CODES} codes`)
  const codes = new Set<string>()
  const tree = await departmentsIn(call.portal.caches).get(call.session)
  for (const each of given) {
    const code = reading('access', () => textOf(each).trim().toUpperCase())
    const known = readAccessCode(code)
    if (known === undefined) throw invalid('access', `${code} is no access code`)
    const exists =
      known.of === 'group' ||
      (known.of === 'person'
        ? (await call.portal.people.find(call.session, known.id)) !== undefined
        : tree.has(known.id))
    if (!exists) throw invalid('access', `there is no ${code}`)
    codes.add(code)
  }
  return [...codes]
}

/** What a role is to say: each action on each entity, pipeline and stage once. */
export async function permissionsOf(call: Call, input: unknown): Promise<Permission[]> {
  const given = isBlank(input) ? [] : listOfInput(input)
  if (given.length > MAX_PERMISSIONS) throw invalid('permissions', `more than ${MAX_PERMISSIONS}`)
  const permissions = new Map<string, Permission>()
  for (const each of given) {
    if (!isMap(each)) throw invalid('permissions', 'a map is expected')
    const permission = await permissionOf(call, each)
    const { entity, action, category, stage } = permission
    const key = JSON.stringify([entity, action, category, stage])
    if (permissions.has(key)) throw invalid('permissions', `${action} of ${entity} is given twice`)
    permissions.set(key, permission)
  }
  return [...permissions.values()]
}

async function permissionOf(call: Call, given: Map): Promise<Permission> {
  const entity = await entityOf(call, argument(given, 'entity'), argument(given, 'entityTypeId'))
  const action = oneOf('action', argument(given, 'action'), actions)
  const level = oneOf('level', argument(given, 'level'), levels)
  if (action === 'configure' && level !== 'none' && level !== 'all')
    throw invalid('level', 'settings are for none or all')
  const place = entity === '*' ? wholeOnly(given) : await placeOf(call, entity, given)
  return { entity: entity === '*' ? '*' : entity.name, action, level, ...place }
}

/** An entity by its name or its number; `*` stands for all that a role says nothing else of. */
async function entityOf(call: Call, name: unknown, id: unknown): Promise<Entity | '*'> {
  if (name === '*') return '*'
  const all = await call.portal.entities.everything(call.session)
  const found = all.find(
    (each) =>
      each.rights === 'roles' &&
      (isBlank(name) ? !isBlank(id) && String(each.entityTypeId) === String(id) : each.name === name),
  )
  if (found === undefined) throw invalid('entity', 'there is no such entity with rights of its own')
  return found
}

function wholeOnly(given: Map): { category: null; stage: null } {
  if (!isBlank(argument(given, 'categoryId')) || !isBlank(argument(given, 'stageId')))
    throw invalid('categoryId', 'an entity is needed')
  return { category: null, stage: null }
}

async function placeOf(
  call: Call,
  entity: Entity,
  given: Map,
): Promise<{ category: number | null; stage: string | null }> {
  const [categoryGiven, stageGiven] = [argument(given, 'categoryId'), argument(given, 'stageId')]
  const { portal, session } = call
  let category: number | null = null
  if (!isBlank(categoryGiven)) {
    if (!entity.categories) throw invalid('categoryId', `${entity.name} has no pipelines`)
    category = reading('categoryId', () => integerOf(categoryGiven))
    const known = await pipelines(portal, session, entity.entityTypeId)
    if (!known.some(({ id }) => id === category)) throw invalid('categoryId', 'there is no such pipeline')
  }
  if (isBlank(stageGiven)) return { category, stage: null }
  const stage = reading('stageId', () => textOf(stageGiven))
  if (entity.stageField === undefined || (entity.categories && category === null))
    throw invalid('stageId', 'the pipeline of the stage is needed')
  const directory = stageDirectory(entity.entityTypeId, category ?? 0)
  if ((await portal.directories.status(session, directory, stage)) === undefined)
    throw invalid('stageId', 'there is no such stage')
  return { category, stage }
}

function oneOf<T extends Action | Level>(field: string, input: unknown, known: readonly T[]): T {
  const found = known.find((each) => each === input)
  if (found === undefined) throw invalid(field, `one of ${known.join(', ')} is expected`)
  return found
}

function reading<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw invalid(field, cause.reason)
  }
}

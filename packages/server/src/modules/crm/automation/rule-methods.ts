import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { type Call, isMap, type Map as Fields, method, need, take } from '../../../methods/method.ts'
import { integerOf, InvalidValue, isBlank, textOf, yesNo } from '../../../schema/kind.ts'
import { sql } from '../../../store/sql.ts'
import { actions } from './actions.ts'
import { documentType } from './document.ts'
import { described, descriptionsOf, isOffered, type RobotRow, waitsForAnswer } from './robot-row.ts'
import type { Rule, Trigger } from './rule.ts'
import { addRule, deleteRule, listRules, type NewRule, updateRule } from './rules.ts'
import { listRuns } from './run-log.ts'

/* Automation rules for whoever sets the CRM up, as the web CRM's pages show them. The documented API has no words for it. */

const scope = 'crm'

const invalid = (field: string, detail: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${field}': ${detail}`)

function reading<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof InvalidValue ? invalid(field, cause.reason) : cause
  }
}

/** What a form leaves empty, a program says with null. */
const orNull = <T>(input: unknown, read: (input: unknown) => T): T | null => (isBlank(input) ? null : read(input))

function mapIn(input: unknown): Fields {
  // PHP's empty map is a list.
  if (Array.isArray(input) && input.length === 0) return {}
  if (!isMap(input)) throw new InvalidValue('a map is expected')
  return input
}

function flagIn(input: unknown): boolean {
  const flag = typeof input === 'boolean' ? input : yesNo(input)
  if (flag === undefined) throw new InvalidValue('Y or N is expected')
  return flag
}

function triggerIn(input: unknown): Trigger {
  const given = mapIn(input)
  return { owner: isBlank(given.owner) ? '' : textOf(given.owner), code: textOf(given.code ?? '') }
}

/** How each field of a rule is read. */
const readers: { readonly [K in keyof NewRule]-?: (input: unknown) => NewRule[K] | null } = {
  name: (input) => (isBlank(input) ? '' : textOf(input).trim().slice(0, 255)),
  entityTypeId: integerOf,
  categoryId: (input) => orNull(input, integerOf),
  stageId: (input) => orNull(input, textOf),
  trigger: (input) => orNull(input, triggerIn),
  sort: integerOf,
  delay: integerOf,
  conditions: (input) => orNull(input, mapIn),
  kind: textOf,
  settings: mapIn,
  active: flagIn,
}

/** The fields that a request gives; what it doesn't name stays as it is. */
function ruleIn(given: Fields): Partial<NewRule> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(readers, name))
  if (unknown !== undefined) throw invalid(unknown, 'rules have no such field')
  return Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) =>
      given[name] === undefined ? [] : [[name, reading(name, () => read(given[name]))]],
    ),
  )
}

function newRuleIn(given: Fields): NewRule {
  const { entityTypeId, kind, settings = {}, ...rest } = ruleIn(given)
  if (entityTypeId === undefined) throw new ApiError('REQUIRED_ARG_MISSING', 400, "Field 'entityTypeId' is required")
  if (kind === undefined) throw new ApiError('REQUIRED_ARG_MISSING', 400, "Field 'kind' is required")
  return { ...rest, entityTypeId, kind, settings }
}

/** Of a text, or texts by language: that of the portal's language, of English, or any. */
function worded(input: unknown, language: string): string {
  if (typeof input === 'string') return input
  if (!isMap(input)) return ''
  const texts = [input[language], input.en, ...Object.values(input)]
  return texts.find((each): each is string => typeof each === 'string' && each !== '') ?? ''
}

async function robotsFor(call: Call, entityTypeId: number): Promise<object[]> {
  const { portal, session } = call
  const rows = await session.find<RobotRow>(sql`select * from bizproc_robot order by id`)
  const robots: object[] = []
  for (const row of rows.filter((each) => isOffered(each, documentType(entityTypeId)))) {
    const application = await portal.applications.byKey(session, row.owner)
    const properties = Object.entries(descriptionsOf(row.properties))
    robots.push({
      owner: row.owner,
      code: row.code,
      name: worded(JSON.parse(row.name), portal.language) || row.code,
      description: worded(JSON.parse(row.description), portal.language),
      application: application?.title ?? null,
      waits: waitsForAnswer(row),
      properties: properties.map(([name, description]) => ({
        name,
        title: worded(described(description, 'Name'), portal.language) || name,
        type: textIn(described(description, 'Type')) || 'string',
        required: described(description, 'Required') === 'Y',
        default: described(description, 'Default') ?? null,
      })),
    })
  }
  return robots
}

const textIn = (input: unknown): string => (typeof input === 'string' ? input : '')

const run = <T>(body: () => Promise<T>): Promise<T> => inStyle(itemStyle, 'write', body)

async function find(call: Call, id: number): Promise<Rule | undefined> {
  return (await listRules(call)).find((each) => each.id === id)
}

export const ruleMethods = [
  method({
    name: 'portico.automation.rule.list',
    scope,
    params: { entityTypeId: need.integer, stageId: take.text },
    run: ({ entityTypeId, stageId }, call) =>
      run(async () => ({
        rules: await listRules(call, stageId === undefined ? { entityTypeId } : { entityTypeId, stageId }),
      })),
  }),
  method({
    name: 'portico.automation.rule.set',
    scope,
    params: { id: take.integer(), rule: need.map },
    run: ({ id, rule }, call) =>
      run(async () => {
        let changed = id
        if (changed === undefined) changed = await addRule(call, newRuleIn(rule))
        else await updateRule(call, changed, ruleIn(rule))
        return { rule: await find(call, changed) }
      }),
  }),
  method({
    name: 'portico.automation.rule.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      run(async () => {
        await deleteRule(call, id)
        return true
      }),
  }),
  method({
    name: 'portico.automation.action.list',
    scope,
    params: { entityTypeId: need.integer },
    run: ({ entityTypeId }, call) =>
      run(async () => {
        await call.portal.access.requireSettings(call)
        const triggers = await call.session.find<{ owner: string; code: string; name: string }>(
          sql`select owner, code, name from crm_automation_trigger order by id`,
        )
        return {
          kinds: [...actions.keys()].filter((kind) => kind !== 'robot'),
          robots: await robotsFor(call, entityTypeId),
          triggers: triggers.map(({ owner, code, name }) => ({ owner, code, name })),
        }
      }),
  }),
  method({
    name: 'portico.automation.run.list',
    scope,
    params: {
      entityTypeId: take.integer(),
      recordId: take.integer(),
      ruleId: take.integer(),
      before: take.integer(),
      limit: take.integer(50),
    },
    run: (given, call) =>
      run(async () => {
        const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
        return { runs: await listRuns(call, filter) }
      }),
  }),
]

import { stageDirectory } from '../../../../modules/crm/stages.ts'
import { languages } from '../../../../schema/languages.ts'
import { isDynamic } from '../../../../schema/entity-types.ts'
import { asConfigured } from '../kinds/fields.ts'
import { type Look, mapOf, type Row, rowsOf, textOf } from './look.ts'

/** A portal's settings, as its methods tell them, each list in the order of its ids. */
export interface State {
  readonly departments: readonly Row[]
  /** Profiles, each with `admin`. */
  readonly users: readonly Row[]
  readonly roles: readonly Row[]
  readonly currencies: readonly Row[]
  readonly baseCurrency: string
  readonly crmMode: number
  readonly types: readonly Row[]
  /** By entity type; the default one first. */
  readonly pipelines: ReadonlyMap<number, readonly Row[]>
  /** By directory, in their order there. */
  readonly statuses: ReadonlyMap<string, readonly Row[]>
  readonly fields: readonly Row[]
  /** Names of fields without which no record gets into a stage, by directory and code. */
  readonly required: ReadonlyMap<string, readonly string[]>
  readonly apps: readonly Row[]
  readonly webhooks: readonly Row[]
  readonly outbound: readonly Row[]
}

/** Those entity types beside smart processes that have pipelines. */
const GROUPED = [2, 3, 4, 31]

const idOf = (row: Row): number => Number(row.id ?? row.ID)
const byId = (rows: readonly Row[]): readonly Row[] => [...rows].sort((a, b) => idOf(a) - idOf(b))

export async function readState(look: Look): Promise<State> {
  const types = await readTypes(look)
  const admins = new Map(
    rowsOf(await look.call('portico.user.list'), 'users').map((each) => [Number(each.id), each.admin === true]),
  )
  const users = await look.rows('user.get', { ADMIN_MODE: true, sort: 'ID', order: 'ASC' })
  return {
    departments: byId(await look.rows('department.get')),
    users: byId(users).map((each) => ({ ...each, admin: admins.get(idOf(each)) === true })),
    roles: byId(rowsOf(await look.call('portico.role.list'), 'roles')),
    currencies: await readCurrencies(look),
    baseCurrency: textOf(await look.call('crm.currency.base.get')),
    crmMode: Number(await look.call('crm.settings.mode.get')),
    types,
    pipelines: await readPipelines(look, types),
    statuses: await readStatuses(look),
    fields: await readFields(look),
    required: await readRequired(look, types),
    apps: byId(await look.rows('portico.app.list')),
    webhooks: byId(await look.rows('portico.webhook.list')),
    outbound: byId(await look.rows('portico.outbound.list')),
  }
}

async function readTypes(look: Look): Promise<readonly Row[]> {
  const found: Row[] = []
  for (const row of byId(await look.rows('crm.type.list', {}, 'types')))
    if (isDynamic(Number(row.entityTypeId)))
      found.push(mapOf(mapOf(await look.call('crm.type.get', { id: row.id })).type))
  return found
}

async function readCurrencies(look: Look): Promise<readonly Row[]> {
  const codes = (await look.rows('crm.currency.list')).map((row) => textOf(row.CURRENCY)).sort()
  const found: Row[] = []
  for (const id of codes) found.push(mapOf(await look.call('crm.currency.get', { id })))
  return found
}

async function readPipelines(look: Look, types: readonly Row[]): Promise<ReadonlyMap<number, readonly Row[]>> {
  const found = new Map<number, readonly Row[]>()
  for (const entityTypeId of [...GROUPED, ...types.map((each) => Number(each.entityTypeId))]) {
    const rows = byId(rowsOf(await look.call('crm.category.list', { entityTypeId }), 'categories'))
    const isDefault = (row: Row): boolean => row.isDefault === 'Y'
    found.set(entityTypeId, [...rows.filter(isDefault), ...rows.filter((row) => !isDefault(row))])
  }
  return found
}

export async function readStatuses(look: Look): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, Row[]>()
  for (const row of byId(await look.rows('crm.status.list'))) {
    const directory = textOf(row.ENTITY_ID)
    const known = found.get(directory)
    if (known === undefined) found.set(directory, [row])
    else known.push(row)
  }
  return found
}

/** User fields of items, requisites and people, with their labels and options. */
async function readFields(look: Look): Promise<readonly Row[]> {
  return byId([
    ...(await readItemFields(look)),
    ...(await readRequisiteFields(look)),
    ...(await readPeopleFields(look)),
  ])
}

async function readItemFields(look: Look): Promise<readonly Row[]> {
  const moduleId = 'crm'
  const rows = byId(await look.rows('userfieldconfig.list', { moduleId, select: ['id'] }, 'fields'))
  const found: Row[] = []
  for (const { id } of rows) found.push(mapOf(mapOf(await look.call('userfieldconfig.get', { moduleId, id })).field))
  return found
}

async function readRequisiteFields(look: Look): Promise<readonly Row[]> {
  const found: Row[] = []
  for (const { ID: id } of rowsOf(await look.call('crm.requisite.userfield.list')))
    found.push(asConfigured(mapOf(await look.call('crm.requisite.userfield.get', { id }))))
  return found
}

/** Their labels are told in one language at a time. */
async function readPeopleFields(look: Look): Promise<readonly Row[]> {
  const found = new Map<string, Record<string, unknown>>()
  const rows = rowsOf(await look.call('user.userfield.list'))
  for (const row of rows) found.set(textOf(row.ID), asConfigured(row))
  if (rows.length === 0) return []
  for (const language of languages)
    for (const row of rowsOf(await look.call('user.userfield.list', { filter: { LANG: language } }))) {
      const field = found.get(textOf(row.ID))
      if (field === undefined) continue
      for (const [key, label] of Object.entries(asConfigured(row)))
        if (/(Label|Message)$/.test(key)) field[key] = { ...mapOf(field[key]), [language]: label }
    }
  return [...found.values()]
}

/** Those entity types beside smart processes that have stages. */
const STAGED = [1, 2, 7, 31]

async function readRequired(look: Look, types: readonly Row[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const staged = types.filter((each) => each.isStagesEnabled === 'Y').map((each) => Number(each.entityTypeId))
  for (const entityTypeId of [...STAGED, ...staged])
    for (const row of rowsOf(await look.call('portico.stage.required.list', { entityTypeId }), 'stages')) {
      const directory = stageDirectory(entityTypeId, Number(row.categoryId))
      found.set(`${directory} ${textOf(row.stageId)}`, row.fields as string[])
    }
  return found
}

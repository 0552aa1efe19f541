import { stageDirectory } from '../../../../modules/crm/stages.ts'
import { typeFlags } from '../../../../modules/crm/type-settings.ts'
import { isDynamic } from '../../../../schema/entity-types.ts'
import { normaliseName } from '../../../../schema/user-field-names.ts'
import { literal } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { mapOf, type Row, same, textOf } from './look.ts'

const idOf = (row: Row): number => Number(row.ID ?? row.id)

/** Gives smart processes, pipelines and new entries of directories their names. */
export function nameStructure({ state, fresh, names }: Dumping): void {
  for (const row of state.types) names.give('types', idOf(row), textOf(row.title), 'type')
  for (const [type, rows] of state.pipelines)
    for (const row of rows)
      if (!isAsFresh(row, freshPipeline(fresh.state.pipelines, fresh.pipeline, type, row)))
        names.give('pipelines', pipelineKey(type, row), textOf(row.name), 'pipeline')
  for (const [directory, rows] of state.statuses) {
    const before = new Set((templateOf(directory, fresh) ?? []).map(codeOf))
    for (const row of rows) if (!before.has(codeOf(row))) names.give('statuses', idOf(row), textOf(row.NAME), 'status')
  }
}

/** General pipelines of several types have the number 0. */
const pipelineKey = (type: number, row: Row): string | number => (idOf(row) === 0 ? `${type}/0` : idOf(row))

/** What a fresh portal has in its place: by its number, or as the default of a new smart process. */
function freshPipeline(
  known: ReadonlyMap<number, readonly Row[]>,
  template: Row,
  type: number,
  row: Row,
): Row | undefined {
  if (isDynamic(type)) return row.isDefault === 'Y' ? template : undefined
  return known.get(type)?.find((each) => idOf(each) === idOf(row) && each.isDefault === row.isDefault)
}

const isAsFresh = (row: Row, known: Row | undefined): boolean =>
  known !== undefined && row.name === known.name && row.sort === known.sort

/** The code of an entry, without the number of the pipeline. */
const codeOf = (row: Row): string => textOf(row.STATUS_ID).replace(/^(?:C|DT\d+_)\d+:/, '')

/** What a directory begins with: that of a fresh portal, or that of a new pipeline. */
function templateOf(directory: string, { state, stages }: Dumping['fresh']): readonly Row[] | undefined {
  const known = state.statuses.get(directory)
  if (known !== undefined) return known
  if (directory.startsWith('DEAL_STAGE_')) return stages.get(2)
  if (directory.startsWith('SMART_INVOICE_STAGE_')) return stages.get(31)
  return directory.startsWith('DYNAMIC_') ? stages.get(0) : undefined
}

/** Smart processes, with the relations to those that are there before them. */
export function dumpTypes(dumping: Dumping): void {
  const { state, names, left } = dumping
  const known = new Set<number>()
  for (const row of state.types) {
    const entityTypeId = Number(row.entityTypeId)
    const { name = '' } = names.find('types', idOf(row)) ?? {}
    if (Number(row.customSectionId ?? 0) > 0) left.add(`the workplace of smart processes (${name})`)
    const flags = typeFlags.filter((flag) => (flag === 'isSetOpenPermissions') !== (row[flag] === 'Y'))
    const linked = Object.entries(mapOf(row.linkedUserFields)).filter(([, value]) => value === 'Y')
    const relations = relationsOf(dumping, row, known)
    const fields = {
      title: literal(textOf(row.title)),
      entityTypeId,
      ...(textOf(row.code) === '' ? {} : { code: literal(textOf(row.code)) }),
      ...Object.fromEntries(flags.map((flag) => [flag, row[flag]])),
      ...(linked.length === 0 ? {} : { linkedUserFields: Object.fromEntries(linked.map(([key]) => [key, 'true'])) }),
      ...(relations === undefined ? {} : { relations }),
    }
    dumping.add({ section: 'types', entity: '', name, fields })
    known.add(entityTypeId)
  }
}

function relationsOf(dumping: Dumping, row: Row, known: ReadonlySet<number>): Row | undefined {
  const side = (name: 'parent' | 'child'): Row[] =>
    ((mapOf(row.relations)[name] as Row[] | undefined) ?? []).flatMap((each) => {
      const entityTypeId = Number(each.entityTypeId)
      if (each.isPredefined === 'Y' || (isDynamic(entityTypeId) && !known.has(entityTypeId))) return []
      const list = each.isChildrenListEnabled === 'Y' ? { isChildrenListEnabled: 'true' } : {}
      return [{ entityTypeId: dumping.type(entityTypeId), ...list }]
    })
  const [parent, child] = [side('parent'), side('child')]
  if (parent.length + child.length === 0) return undefined
  return { ...(parent.length === 0 ? {} : { parent }), ...(child.length === 0 ? {} : { child }) }
}

/** Pipelines that a fresh portal does not have, and default ones that have another name or place. */
export function dumpPipelines(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  for (const [type, rows] of state.pipelines)
    for (const row of rows) {
      const named = names.find('pipelines', pipelineKey(type, row))
      if (named === undefined) continue
      const isDefault = row.isDefault === 'Y'
      const fields = {
        entityTypeId: dumping.type(type),
        ...(isDefault ? { isDefault: 'Y' } : {}),
        name: literal(textOf(row.name)),
        ...(Number(row.sort) === (isDefault ? Number(defaultSort(fresh, type)) : 500)
          ? {}
          : { sort: Number(row.sort) }),
      }
      dumping.add({ section: 'pipelines', entity: '', name: named.name, fields })
    }
}

const defaultSort = ({ state, pipeline }: Dumping['fresh'], type: number): unknown =>
  (isDynamic(type) ? pipeline : state.pipelines.get(type)?.[0])?.sort

/** Entries of directories: those that say something else than in a fresh portal, new ones, and those that are gone. */
export function dumpStatuses(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  const directories = new Set([...fresh.state.statuses.keys(), ...stagesIn(dumping), ...state.statuses.keys()])
  for (const directory of directories) {
    const rows = new Map((state.statuses.get(directory) ?? []).map((row) => [codeOf(row), row]))
    const template = templateOf(directory, fresh) ?? []
    const entity = dumping.directory(directory)
    const requiredOf = (row: Row): readonly string[] =>
      state.required.get(`${directory} ${textOf(row.STATUS_ID)}`) ?? []
    const add = (row: Row, fields: Row, absent?: true): void => {
      if (absent === true || Object.keys(fields).length > 0) dumping.changed.add(directory)
      const key = absent === true ? `${directory} ${codeOf(row)}` : idOf(row)
      const known = names.find('statuses', key)?.name
      const name = known ?? names.give('statuses', key, textOf(row.NAME), 'status')
      const place = { ENTITY_ID: entity, STATUS_ID: codeOf(row) }
      const required = absent === true ? [] : requiredOf(row).map((field) => fieldName(dumping, field))
      const later = required.length === 0 ? undefined : { required }
      const whole = { ...place, ...fields }
      dumping.add({ section: 'statuses', entity: '', name, fields: whole, later, ...(absent ? { absent } : {}) })
    }
    for (const before of template) {
      const row = rows.get(codeOf(before))
      const changed = row === undefined ? {} : said(row, before)
      if (row !== undefined && (Object.keys(changed).length > 0 || requiredOf(row).length > 0)) add(row, changed)
    }
    const known = new Set(template.map(codeOf))
    for (const row of rows.values()) if (!known.has(codeOf(row))) add(row, said(row))
    for (const before of template) if (!rows.has(codeOf(before))) add(before, {}, true)
  }
}

/** `companyId`; of a smart process, whose number is in the names of its fields, `@{serial}`. */
function fieldName({ state, names }: Dumping, name: string): string {
  if (!/^ufCrm_?\d+_?/.test(name)) return name
  const field = state.fields.find((each) => normaliseName(textOf(each.fieldName)) === normaliseName(name))
  const named = field === undefined ? undefined : names.find('fields', Number(field.id))
  return named === undefined ? name : `@{${named.name}}`
}

function* stagesIn({ state }: Dumping): Generator<string> {
  for (const [type, rows] of state.pipelines)
    if (type !== 3 && type !== 4) for (const row of rows) yield stageDirectory(type, idOf(row))
}

function said(row: Row, before?: Row): Row {
  const value = (key: string): unknown => (key === 'SORT' ? Number(row[key]) : literal(textOf(row[key])))
  const keys = ['NAME', 'SORT', 'COLOR', ...(before === undefined ? ['SEMANTICS'] : [])]
  const differs = (key: string): boolean =>
    before === undefined ? textOf(row[key]) !== '' : !same(textOf(row[key]), textOf(before[key]))
  return Object.fromEntries(keys.flatMap((key) => (differs(key) ? [[key, value(key)]] : [])))
}

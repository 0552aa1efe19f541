import { type Labels, languages } from '../../../../schema/languages.ts'
import { userFieldTypeOf } from '../../../../schema/user-field-kinds.ts'
import { ALONE } from '../kinds/fields.ts'
import { literal, literally } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { isNothing, mapOf, type Row, same, textOf } from './look.ts'

/** What the portal makes up for options without one. */
const MADE_UP = /^[0-9a-f]{32}$/

const LABELS = ['editFormLabel', 'listColumnLabel', 'listFilterLabel', 'errorMessage', 'helpMessage']

const optionsOf = (field: Row): Row[] => Object.values(mapOf(field.enum)) as Row[]

/** The name of a field without what all of its entity have in common. */
const ownName = (field: Row): string => textOf(field.fieldName).replace(/^UF_(USR_|CRM_)?(\d+_)?/, '')

export function nameFields({ state, names }: Dumping): void {
  for (const field of state.fields) {
    const title = Object.values(mapOf(field.editFormLabel)).find((text) => !isNothing(text))
    names.give('fields', Number(field.id), /^\d*$/.test(ownName(field)) ? textOf(title) : ownName(field), 'field')
  }
}

export function dumpFields(dumping: Dumping): void {
  for (const field of dumping.state.fields) {
    const { name = '' } = dumping.names.find('fields', Number(field.id)) ?? {}
    const entity = dumping.fieldEntity(textOf(field.entityId))
    const type = textOf(field.userTypeId)
    const settings = settingsOf(field)
    const fields = {
      entityId: entity,
      fieldName: textOf(field.fieldName).replace(`UF_${textOf(field.entityId)}_`, () => `UF_${entity}_`),
      userTypeId: type,
      ...(field.multiple === 'Y' ? { multiple: 'Y' } : {}),
      ...(isNothing(field.xmlId) ? {} : { xmlId: literal(textOf(field.xmlId)) }),
      ...(Number(field.sort) === 100 ? {} : { sort: Number(field.sort) }),
      ...(field.showFilter === 'N' ? {} : { showFilter: field.showFilter }),
      ...(field.isSearchable === 'Y' ? { isSearchable: 'Y' } : {}),
      ...(field.showInList === (ALONE.includes(textOf(field.entityId)) ? 'N' : 'Y')
        ? {}
        : { showInList: field.showInList }),
      ...(field.editInList === 'N' ? { editInList: 'N' } : {}),
      ...Object.assign({}, ...LABELS.map((name) => labelsOf(field, name))),
      ...(Object.keys(settings).length === 0 ? {} : { settings: settingsHere(dumping, settings) }),
      ...(type === 'enumeration' ? { enum: optionsOf(field).map((option, _index, all) => optionOf(option, all)) } : {}),
    }
    // Records may be older than that they have to say it.
    const later = field.mandatory === 'Y' ? { mandatory: 'Y' } : undefined
    dumping.add({ section: 'fields', entity: '', name, fields, later })
  }
}

/** Settings that are not as those of every field of the type. */
function settingsOf({ userTypeId, settings: given, editFormLabel }: Row): Row {
  const type = userFieldTypeOf(textOf(userTypeId))
  const { LABEL_CHECKBOX: label, ...rest } = mapOf(given)
  // What stands beside the box is what the field is called, unless somebody has said something else.
  const settings = isNothing(label) || same(label, editFormLabel) ? rest : mapOf(given)
  const standard = mapOf(type?.read({}, {}))
  const other = Object.fromEntries(Object.entries(settings).filter(([key, value]) => !same(value, standard[key])))
  // Of a link to records the standard holds only where nothing is said.
  const isEnough = Object.entries(settings).every(([key, value]) => same(mapOf(type?.read(other, {}))[key], value))
  return isEnough ? other : settings
}

function settingsHere(dumping: Dumping, settings: Row): unknown {
  const { ENTITY_TYPE: directory, ...rest } = settings
  return {
    ...(literally(rest) as Row),
    ...(typeof directory === 'string' ? { ENTITY_TYPE: dumping.directory(directory) } : {}),
  }
}

/** One text where all languages say the same. */
function labelsOf(field: Row, name: string): Row {
  const labels = Object.entries(mapOf(field[name]) as Labels).filter(([, text]) => !isNothing(text))
  const [first] = labels
  if (first === undefined) return {}
  const isEverywhere = labels.length === languages.length && labels.every(([, text]) => text === first[1])
  return { [name]: isEverywhere ? literal(first[1]) : literally(Object.fromEntries(labels)) }
}

function optionOf(option: Row, all: readonly Row[]): Row {
  return {
    value: literal(textOf(option.value)),
    ...(Number(option.sort) === 0 ? {} : { sort: Number(option.sort) }),
    ...(option.def === 'Y' ? { def: 'Y' } : {}),
    ...(MADE_UP.test(textOf(option.xmlId)) && isOnly(option, all) ? {} : { xmlId: literal(textOf(option.xmlId)) }),
  }
}

/** Whether its text tells an option from the others. */
const isOnly = (option: Row, all: readonly Row[]): boolean => {
  const text = textOf(option.value)
  return all.every((each) => each === option || (textOf(each.value) !== text && textOf(each.xmlId) !== text))
}

/** `@size.Large`: the option that has this number; undefined where the field has none such. */
export function optionReference({ state, names }: Dumping, fieldId: number, id: number): string | undefined {
  const field = state.fields.find((each) => Number(each.id) === fieldId)
  const all = field === undefined ? [] : optionsOf(field)
  const option = all.find((each) => Number(each.id) === id)
  const named = names.find('fields', fieldId)
  if (option === undefined || named === undefined) return undefined
  return `@${named.name}.${textOf(isOnly(option, all) ? option.value : option.xmlId)}`
}

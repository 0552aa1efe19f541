import type { RecordType } from '../../model/record-types.ts'
import type { WholeField } from './user-fields.ts'

/** A value of a list while it is being written. */
export interface DraftOption {
  readonly key: string
  readonly id: string | undefined
  readonly value: string
  readonly isDefault: boolean
}

/** A field while it is being made or changed. */
export interface FieldDraft {
  readonly id: string | undefined
  userTypeId: string
  /** Without what all names of the type's fields begin with. */
  code: string
  labels: Record<string, string>
  multiple: boolean
  mandatory: boolean
  inFilter: boolean
  settings: Record<string, unknown>
  options: DraftOption[]
}

/** Languages that names of fields are asked for in: those of the interface. */
export const LABEL_LANGUAGES = ['en', 'de'] as const

export const newDraft = (): FieldDraft => ({
  id: undefined,
  userTypeId: 'string',
  code: '',
  labels: {},
  multiple: false,
  mandatory: false,
  inFilter: true,
  settings: {},
  options: [],
})

const asMap = <V>(map: Readonly<Record<string, V>> | readonly []): Record<string, V> =>
  Array.isArray(map) ? {} : { ...(map as Record<string, V>) }

export const draftOf = (field: WholeField): FieldDraft => ({
  id: field.id,
  userTypeId: field.userTypeId,
  code: field.fieldName,
  labels: Object.fromEntries(
    Object.entries(asMap(field.editFormLabel)).map(([language, text]) => [language, text ?? '']),
  ),
  multiple: field.multiple === 'Y',
  mandatory: field.mandatory === 'Y',
  inFilter: field.showFilter !== 'N',
  settings: asMap(field.settings),
  options: (field.enum ?? []).map(({ id, value, def }) => ({ key: id ?? value, id, value, isDefault: def === 'Y' })),
})

/** `UF_CRM_` or, of smart processes, `UF_CRM_7_`. */
export const prefixOf = ({ isDynamic, userFieldEntityId }: RecordType): string =>
  isDynamic ? `UF_${userFieldEntityId}_` : 'UF_CRM_'

const yesNo = (on: boolean): 'Y' | 'N' => (on ? 'Y' : 'N')

/** A name that is given in one language only is taken for all: nobody should see a code. */
function labelsIn(labels: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.fromEntries(
    Object.entries(labels)
      .map(([language, text]) => [language, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  )
  const [any = ''] = LABEL_LANGUAGES.map((language) => given[language]).filter(Boolean)
  return { ...Object.fromEntries(LABEL_LANGUAGES.map((language) => [language, any])), ...given }
}

/** What is sent to make or change the field. `before`: the options that there were. */
export function fieldIn(draft: FieldDraft, type: RecordType, before: readonly DraftOption[]): object {
  const options = draft.options
    .filter(({ value }) => value.trim() !== '')
    .map(({ id, value, isDefault }, index) => ({
      ...(id === undefined ? {} : { id: Number(id) }),
      value: value.trim(),
      sort: (index + 1) * 100,
      def: yesNo(isDefault),
    }))
  const gone = before
    .filter((option) => !draft.options.some(({ id }) => id === option.id))
    .map(({ id }) => ({ id: Number(id), del: 'Y' }))
  return {
    userTypeId: draft.userTypeId,
    mandatory: yesNo(draft.mandatory),
    showFilter: yesNo(draft.inFilter),
    editFormLabel: labelsIn(draft.labels),
    settings: draft.settings,
    ...(draft.userTypeId === 'enumeration' ? { enum: [...options, ...gone] } : {}),
    ...(draft.id === undefined
      ? {
          entityId: type.userFieldEntityId,
          fieldName: `${prefixOf(type)}${draft.code.trim().toUpperCase() || Date.now()}`,
          multiple: yesNo(draft.multiple),
        }
      : {}),
  }
}

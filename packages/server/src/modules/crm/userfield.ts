import { method, take } from '../../methods/method.ts'
import { legacyError } from '../../methods/errors.ts'
import { userFieldTypeOf, userFieldTypes } from '../../schema/user-field-kinds.ts'

const readOnly = { isReadOnly: true } as const
const immutable = { isImmutable: true } as const

/** What can be known about user fields without having one (api-reference/crm/universal/user-defined-fields/index.md). */
export default [
  method({
    name: 'crm.userfield.types',
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: () => [...userFieldTypes.values()].map(({ id, title }) => ({ ID: id, title })),
  }),
  method({
    name: 'crm.userfield.fields',
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: () => ({
      ID: { type: 'int', title: 'ID', ...readOnly },
      ENTITY_ID: { type: 'string', title: 'Object', ...immutable },
      FIELD_NAME: { type: 'string', title: 'Code', ...immutable },
      USER_TYPE_ID: { type: 'string', title: 'Data Type', ...immutable },
      XML_ID: { type: 'string', title: 'External ID (XML ID)' },
      SORT: { type: 'int', title: 'Sorting' },
      MULTIPLE: { type: 'char', title: 'Multiple' },
      MANDATORY: { type: 'char', title: 'Mandatory' },
      SHOW_FILTER: { type: 'char', title: 'Show in list filter' },
      SHOW_IN_LIST: { type: 'char', title: 'Show in list' },
      EDIT_IN_LIST: { type: 'char', title: 'Allow user editing' },
      IS_SEARCHABLE: { type: 'char', title: 'Field values are searchable' },
      EDIT_FORM_LABEL: { type: 'string', title: 'Label in edit form' },
      LIST_COLUMN_LABEL: { type: 'string', title: 'Header in list' },
      LIST_FILTER_LABEL: { type: 'string', title: 'Filter label in list' },
      ERROR_MESSAGE: { type: 'string', title: 'Error message' },
      HELP_MESSAGE: { type: 'string', title: 'Help' },
      LIST: { type: 'uf_enum_element', title: 'List elements', isMultiple: true },
      SETTINGS: { type: 'object', title: 'Additional settings (dependent on type)' },
    }),
  }),
  method({
    name: 'crm.userfield.enumeration.fields',
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: () => ({
      ID: { type: 'int', title: 'ID', ...readOnly },
      SORT: { type: 'int', title: 'Sorting' },
      VALUE: { type: 'string', title: 'Value' },
      DEF: { type: 'string', title: 'Default Value' },
      DEL: { type: 'string', title: 'Element Deletion Flag' },
    }),
  }),
  method({
    name: 'crm.userfield.settings.fields',
    scope: 'crm',
    style: 'legacy',
    params: { type: take.any },
    run({ type }) {
      if (typeof type !== 'string' || type.trim() === '')
        throw legacyError("Parameter 'type' is not specified or empty.")
      const told = userFieldTypeOf(type.trim())?.told ?? {}
      // PHP's empty map is a list.
      return Object.keys(told).length === 0 ? [] : told
    },
  }),
]

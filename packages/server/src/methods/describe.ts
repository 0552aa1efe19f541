import type { Entity, Field } from '../schema/entity.ts'
import { holdsOn, type Wire } from '../schema/wire.ts'

/** The documented description of one field. */
export function describeField(field: Field, wire: Wire): Record<string, unknown> {
  const { labels } = field
  return {
    type: wire.type(field),
    isRequired: field.required ?? field.describedRequired ?? false,
    isReadOnly: holdsOn(wire, field.readOnly),
    isImmutable: holdsOn(wire, field.immutable),
    isMultiple: field.multiple ?? false,
    isDynamic: field.userFieldId !== undefined,
    ...(field.deprecated === true ? { isDeprecated: true } : {}),
    ...(field.options === undefined
      ? {}
      : { items: field.options.map(({ id, value }) => ({ ID: String(id), VALUE: value })) }),
    ...(field.statusType === undefined ? {} : { statusType: field.statusType }),
    title: wire.name === 'legacy' && labels !== undefined ? (field.legacy ?? field.title) : field.title,
    ...(labels === undefined ? {} : { listLabel: labels.list, formLabel: labels.form, filterLabel: labels.filter }),
    // PHP's empty map is a list.
    ...(field.settings === undefined
      ? {}
      : { settings: Object.keys(field.settings).length === 0 ? [] : field.settings }),
    ...(wire.name === 'item' ? { upperName: field.upper } : {}),
    ...field.told,
  }
}

/** `crm.*.fields`: every field that the dialect shows, by its name. */
export function describeFields(entity: Entity, wire: Wire): Record<string, unknown> {
  const described: Record<string, unknown> = {}
  for (const field of wire.fields(entity)) {
    const key = wire.key(field)
    if (key !== undefined && field.undescribed !== true) described[key] = describeField(field, wire)
  }
  return described
}

/** Methods that read a record by `id`, whatever they say of it themselves. */
export const byId =
  /\.(get|update|delete|expose)$|\.(contact|company)\.(add|items\.set|items\.get|items\.delete)$|productrows\.set$|getfields$|publicurl$/

/** Parameters that families require, by their methods. All in lower case. */
export const families: readonly (readonly [RegExp, string])[] = [
  [/^crm\.\w+\.(contact|company)\.(add|delete)$/, 'fields'],
  [/^crm\.\w+\.(contact|company)\.items\.set$/, 'items'],
  [/^crm\.item\.details\.configuration\.set$/, 'entitytypeid data'],
  [/^crm\.item\.details\.configuration\./, 'entitytypeid'],
  [/\.details\.configuration\.set$/, 'data'],
  [/^crm\.requisite\.preset\.field\.(?!fields)/, 'preset'],
  [/^crm\.requisite\.link\.(get|unregister)$/, 'entitytypeid entityid'],
  [/^crm\.item\.payment\.(product|delivery)\.list$/, 'filter'],
  [/^userfieldtype\.(add|update)$/, 'user_type_id handler'],
]

/** Parameters that single methods require. All in lower case. */
export const demanded: Readonly<Record<string, string>> = {
  'access.name': 'access',
  'app.option.set': 'options',
  batch: 'cmd',
  'bizproc.event.send': 'event_token',
  'bizproc.robot.delete': 'code',
  'bizproc.robot.update': 'code fields',
  'crm.activity.badge.add': 'code title value type',
  'crm.activity.configurable.add': 'layout',
  'crm.activity.configurable.update': 'fields layout',
  'crm.automation.trigger': 'target',
  'crm.automation.trigger.add': 'code name',
  'crm.automation.trigger.delete': 'code',
  'crm.automation.trigger.execute': 'code owner_type_id owner_id',
  'crm.calllist.add': 'entity_type entities',
  'crm.calllist.items.get': 'list_id',
  'crm.calllist.update': 'list_id entity_type entities',
  'crm.currency.localizations.delete': 'lids',
  'crm.currency.localizations.set': 'id localizations',
  'crm.documentgenerator.document.add': 'templateid entitytypeid entityid',
  'crm.documentgenerator.template.getfields': 'entitytypeid',
  'crm.duplicate.findbycomm': 'type values',
  'crm.entity.mergebatch': 'params',
  'crm.item.batchimport': 'data',
  'crm.item.productrow.list': 'filter',
  'crm.status.entity.items': 'entityid',
  'crm.timeline.bindings.list': 'filter',
  'crm.timeline.comment.list': 'filter',
  'crm.tracking.trace.add': 'trace',
  'crm.userfield.settings.fields': 'type',
  'event.bind': 'event handler',
  'event.offline.clear': 'process_id',
  'event.offline.error': 'process_id',
  'event.unbind': 'event handler',
  'feature.get': 'code',
  'humanresources.employee.search': 'name',
  'humanresources.node.communication.edit': 'nodeid communicationtype',
  'humanresources.node.member.add': 'nodeid userids role',
  'humanresources.node.member.move': 'nodeid userids',
  'humanresources.node.member.remove': 'nodeid userids',
  'humanresources.node.member.set': 'nodeid userids',
  'placement.bind': 'placement handler',
  'placement.unbind': 'placement',
  'user.access': 'access',
  'user.option.set': 'options',
  'userfieldtype.delete': 'user_type_id',
}

const personal =
  'NAME LAST_NAME SECOND_NAME PERSONAL_GENDER PERSONAL_PROFESSION PERSONAL_WWW PERSONAL_BIRTHDAY PERSONAL_PHOTO:array PERSONAL_PHONE PERSONAL_MOBILE PERSONAL_STREET PERSONAL_CITY PERSONAL_STATE PERSONAL_ZIP PERSONAL_COUNTRY PERSONAL_NOTES WORK_PHONE WORK_COMPANY WORK_POSITION WORK_DEPARTMENT WORK_WWW WORK_NOTES UF_DEPARTMENT:array UF_INTERESTS UF_SKILLS UF_PHONE_INNER'

/** Parameters of methods that read them one by one, by lower-case name: `!` is required, the type a text if not said. */
export const readRaw: Readonly<Record<string, string>> = {
  'bizproc.robot.add':
    'CODE! HANDLER! AUTH_USER_ID:integer USE_SUBSCRIPTION NAME!:any DESCRIPTION:any PROPERTIES:object RETURN_PROPERTIES:object DOCUMENT_TYPE:array FILTER:object USE_PLACEMENT PLACEMENT_HANDLER',
  'department.add': 'NAME! SORT:integer PARENT!:integer UF_HEAD:integer',
  'department.delete': 'ID!:integer',
  'department.get': 'ID:integer NAME SORT:any order PARENT:integer UF_HEAD:integer START:integer',
  'department.update': 'ID!:integer NAME SORT:integer PARENT:integer UF_HEAD:integer',
  'method.get': 'name',
  'user.add': `EMAIL! ${personal}`,
  'user.get': 'filter:object sort order:any ADMIN_MODE:boolean select:array start:integer',
  'user.search': 'FILTER:object sort order:any ADMIN_MODE:boolean select:array start:integer',
  'user.update': `ID!:integer EMAIL ACTIVE:boolean ${personal}`,
}

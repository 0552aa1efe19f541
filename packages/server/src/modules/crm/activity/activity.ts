import { defineEntity, field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { double } from '../../../schema/kinds/double.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { link } from '../../../schema/kinds/link.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { user } from '../../../schema/kinds/user.ts'
import { choice, count, diskFile, object, ownerType, rows } from './kinds.ts'

/** Activity types (api-reference/crm/timeline/activities/index.md, "Activity Type Identifiers"). */
export const MEETING = 1
export const CALL = 2
export const TASK = 3
export const EMAIL = 4
/** Whose look and life its provider decides. */
export const PROVIDED = 6

export const TODO_PROVIDER = 'CRM_TODO'
export const APPLICATION_PROVIDER = 'REST_APP'
export const CONFIGURABLE_PROVIDER = 'CONFIGURABLE_REST_APP'

export const INCOMING = 1
export const OUTGOING = 2

export const PENDING = 1
export const COMPLETED = 2
export const AUTO_COMPLETED = 3

/** Done by itself when its owner reaches a final stage. */
export const COMPLETE_WITH_OWNER = 1

/** Bindings and communications have rows of their own: as values of a draft they are JSON, see `activity-hooks.ts`. */
const elsewhere = { place: { in: 'nowhere' } } as const
const unknown = { legacy: null, undescribed: true, readOnly: true } as const
const code = { max: 100 }

/** In the order of api-reference/crm/timeline/activities/activity-base/crm-activity-fields.md. */
export const activity = defineEntity({
  name: 'activity',
  title: 'Activity',
  table: 'crm_activity',
  entityTypeId: 6,
  event: 'ONCRMACTIVITY',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    // The first binding; of a record that goes, the next one (tutorials/crm/how-to-edit-crm-objects/how-to-move-activity.md).
    ownerId: field(integer, 'Owner ID', { immutable: true, index: true }),
    ownerTypeId: field(ownerType, 'Owner Type', { immutable: true }),
    typeId: field(choice('activitytype', PROVIDED), 'Type', { immutable: true, describedRequired: true }),
    providerId: field(string, 'Provider ID', code),
    providerTypeId: field(string, 'Provider Type', code),
    providerGroupId: field(string, 'Connector Type', code),
    // Described as read-only, but pages of methods that write list these two.
    associatedEntityId: field(count, 'Associated Entity ID', { readOnly: true, importable: true }),
    subject: field(string, 'Subject', { describedRequired: true, max: 512 }),
    // Lists come in this order unless told otherwise.
    startTime: field(datetime, 'Start', { index: true }),
    endTime: field(datetime, 'Deadline'),
    deadline: field(datetime, 'Execution Deadline', { index: true }),
    completed: field(flag, 'Completed'),
    status: field(choice('activitystatus', AUTO_COMPLETED), 'Status'),
    responsibleId: field(user, 'Responsible', { describedRequired: true, index: true }),
    priority: field(choice('activitypriority', 3), 'Priority'),
    notifyType: field(choice('activitynotifytype', 3), 'Notification Type'),
    notifyValue: field(count, 'Notification Parameter'),
    description: field(text, 'Description'),
    descriptionType: field(choice('contenttype', 3), 'Description Type'),
    direction: field(choice('activitydirection', OUTGOING), 'Direction'),
    location: field(string, 'Location'),
    createdTime: field(datetime, 'Creation Date', { legacy: 'CREATED', readOnly: true }),
    createdBy: field(user, 'Created By', { legacy: 'AUTHOR_ID', readOnly: true }),
    updatedTime: field(datetime, 'Last Updated Date', { legacy: 'LAST_UPDATED', readOnly: true }),
    updatedBy: field(user, 'Edited By', { legacy: 'EDITOR_ID', readOnly: true }),
    settings: field(object, 'Settings'),
    originId: field(string, 'External Code'),
    originatorId: field(string, 'External Source'),
    resultStatus: field(count, 'RESULT_STATUS'),
    resultStream: field(count, 'RESULT_STREAM'),
    resultSourceId: field(string, 'RESULT_SOURCE_ID'),
    providerParams: field(object, 'Provider Parameters'),
    providerData: field(text, 'Provider Data'),
    resultMark: field(count, 'RESULT_MARK'),
    resultValue: field(double, 'RESULT_VALUE'),
    resultSum: field(double, 'RESULT_SUM'),
    resultCurrencyId: field(string, 'RESULT_CURRENCY_ID'),
    autocompleteRule: field(count, 'Autocomplete'),
    bindings: field(rows('crm_activity_binding'), 'Bindings', { readOnly: true, multiple: true, ...elsewhere }),
    communications: field(rows('crm_activity_communication'), 'Communication Channel', {
      describedRequired: true,
      multiple: true,
      ...elsewhere,
    }),
    files: field(diskFile, 'Files', { multiple: true }),
    webdavElements: field(diskFile, 'Added Files', { multiple: true, deprecated: true, ...elsewhere }),
    isIncomingChannel: field(flag, 'IS_INCOMING_CHANNEL', { readOnly: true, importable: true }),
    completedTime: field(datetime, 'Completion time', unknown),
    parentId: field(link(6, 'crm_activity'), 'Planned after', { ...unknown, index: true }),
    /** Minutes before the deadline, as a JSON list. */
    pingOffsets: field(text, 'Reminders', unknown),
    /** The application that made it and may change it, of those that applications make. */
    application: field(string, 'Application', unknown),
    badgeCode: field(string, 'Badge', unknown),
    /** What a configurable activity looks like, as JSON. */
    layout: field(text, 'Layout', unknown),
  },
})

/** What rows show unless more is asked for by name (crm-activity-list.md). */
const apart = ['bindings', 'communications', 'files', 'webdavElements', 'isIncomingChannel']
export const rowNames: readonly string[] = activity.fields.flatMap(({ name, legacy }) =>
  legacy === null || apart.includes(name) ? [] : [legacy],
)

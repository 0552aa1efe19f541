import { describeFields } from '../../../methods/describe.ts'
import { inStyle } from '../../../methods/errors.ts'
import { method, need } from '../../../methods/method.ts'
import { smallTable } from '../../../methods/small-table.ts'
import { field } from '../../../schema/entity.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { requireActivity } from './bindings.ts'
import { callStyle } from './errors.ts'

const scope = 'crm'

/** api-reference/crm/timeline/activities/activity-base/crm-activity-communication-fields.md */
const communication = smallTable('activityCommunication', 'Communication', {
  id: field(integer, 'ID', { readOnly: true }),
  activityId: field(integer, 'Case', { readOnly: true }),
  entityId: field(integer, 'Entity element ID'),
  entityTypeId: field(integer, 'Entity type'),
  type: field(string, 'Type'),
  value: field(string, 'Value'),
})

export default [
  method({
    name: 'crm.activity.communication.fields',
    scope,
    style: 'legacy',
    params: {},
    run: () => describeFields(communication, legacyWire),
  }),
  method({
    name: 'crm.activity.call.getTranscript',
    scope,
    params: { activityId: need.id },
    partial: 'calls are not transcribed here: the answer is that to a call without a transcript',
    run: ({ activityId }, call) =>
      inStyle(callStyle, 'read', async () => {
        await requireActivity(call, activityId, 'read')
        return null
      }),
  }),
]

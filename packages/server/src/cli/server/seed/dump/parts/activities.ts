import type { Dumping } from '../dumping.ts'
import { filesIn } from '../item-value.ts'
import { mapOf, type Row, textOf } from '../look.ts'
import { listed, ownerIn, type Part, told } from './part.ts'

const LETTER = 4
/** Made by methods of their own, which belong to applications. */
const OF_APPLICATIONS = ['CONFIGURABLE', 'REST_APP']

const KEYS = [
  'TYPE_ID',
  'PROVIDER_ID',
  'PROVIDER_TYPE_ID',
  'PROVIDER_GROUP_ID',
  'SUBJECT',
  'START_TIME',
  'END_TIME',
  'DEADLINE',
  'COMPLETED',
  'PRIORITY',
  'NOTIFY_TYPE',
  'NOTIFY_VALUE',
  'DESCRIPTION',
  'DESCRIPTION_TYPE',
  'DIRECTION',
  'LOCATION',
  'ORIGIN_ID',
  'ORIGINATOR_ID',
  'PROVIDER_DATA',
  'RESULT_STATUS',
  'RESULT_STREAM',
  'RESULT_SOURCE_ID',
  'RESULT_MARK',
  'RESULT_VALUE',
  'RESULT_SUM',
  'RESULT_CURRENCY_ID',
  'AUTOCOMPLETE_RULE',
  'SETTINGS',
  'PROVIDER_PARAMS',
]

const PRESETS = {
  COMPLETED: 'N',
  PRIORITY: 2,
  NOTIFY_TYPE: 0,
  NOTIFY_VALUE: 0,
  DESCRIPTION_TYPE: 1,
  DIRECTION: 0,
  RESULT_STATUS: 0,
  RESULT_STREAM: 0,
  RESULT_MARK: 0,
  AUTOCOMPLETE_RULE: 0,
}

/** Calls, meetings, to-dos. Letters would be sent, and what applications have put there is theirs. */
export const activities: Part = {
  name: 'crm.activity',
  when: 'after',
  pages: listed('crm.activity.list', ['*', 'COMMUNICATIONS', 'BINDINGS', 'FILES']),
  titleOf: (row) => textOf(row.SUBJECT),
  async tell(dumping, row) {
    const owner = ownerIn(dumping, row.OWNER_TYPE_ID, row.OWNER_ID)
    if (owner === undefined) return undefined
    if (Number(row.TYPE_ID) === LETTER || OF_APPLICATIONS.includes(textOf(row.PROVIDER_ID))) {
      dumping.left.add('letters, and activities of applications')
      return undefined
    }
    const communications = (row.COMMUNICATIONS as Row[] | undefined) ?? []
    const bindings = furtherBindings(dumping, row, communications)
    const files = await filesIn(dumping, Object.values(mapOf(row.FILES)).map(mapOf), `activity ${textOf(row.ID)}`)
    return {
      OWNER_TYPE_ID: dumping.type(Number(row.OWNER_TYPE_ID)),
      OWNER_ID: owner,
      ...told(row, KEYS, PRESETS),
      RESPONSIBLE_ID: dumping.user(row.RESPONSIBLE_ID),
      ...(communications.length === 0
        ? {}
        : { COMMUNICATIONS: communications.map((each) => communicationIn(dumping, each)) }),
      ...(bindings.length === 0 ? {} : { BINDINGS: bindings }),
      ...(files.length === 0 ? {} : { FILES: files }),
    }
  },
}

function communicationIn(dumping: Dumping, row: Row): Row {
  const client = ownerIn(dumping, row.ENTITY_TYPE_ID, row.ENTITY_ID)
  return {
    ...told(row, ['TYPE', 'VALUE']),
    ...(client === undefined ? {} : { ENTITY_TYPE_ID: Number(row.ENTITY_TYPE_ID), ENTITY_ID: client }),
  }
}

/** Where it stands beside where a new one would: at its record, and at those whom it is with. */
function furtherBindings(dumping: Dumping, row: Row, communications: readonly Row[]): Row[] {
  const key = (type: unknown, id: unknown): string => `${textOf(type)} ${textOf(id)}`
  const bindings = (row.BINDINGS as Row[] | undefined) ?? []
  const first = new Set([
    key(row.OWNER_TYPE_ID, row.OWNER_ID),
    ...communications.map((each) => key(each.ENTITY_TYPE_ID, each.ENTITY_ID)),
  ])
  return bindings.flatMap((each) => {
    const record = ownerIn(dumping, each.OWNER_TYPE_ID, each.OWNER_ID)
    if (record === undefined || first.has(key(each.OWNER_TYPE_ID, each.OWNER_ID))) return []
    return [{ OWNER_TYPE_ID: dumping.type(Number(each.OWNER_TYPE_ID)), OWNER_ID: record }]
  })
}

import { describeFields } from '../../../methods/describe.ts'
import { inStyle, legacyStyle } from '../../../methods/errors.ts'
import { type Call, Listing, method, need, take } from '../../../methods/method.ts'
import { encodeSmallRow, sift, smallTable } from '../../../methods/small-table.ts'
import { requireReader } from '../../../records/administration.ts'
import type { Status } from '../../../records/directories.ts'
import { field } from '../../../schema/entity.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { addStatus, removeStatus, smallRow, statusIdentifier, updateStatus } from '../status.ts'
import { givenField, requireStatus } from '../status-rules.ts'
import { STATUSES } from './entity.ts'

const scope = 'crm'
const style = 'legacy'

/** api-reference/crm/outdated/invoice-status-old/crm-invoice-status-fields.md */
const table = smallTable('crm_status', 'Invoice status', {
  entityId: field(string, 'Entity ID', { readOnly: true }),
  id: field(integer, 'ID', { readOnly: true }),
  name: field(string, 'Name', { required: true }),
  nameInit: field(string, 'Default name', { readOnly: true }),
  // Described as required; one that is left out stands with the first.
  sort: field(integer, 'Sorting', { describedRequired: true }),
  statusId: field(string, 'Status', { readOnly: true }),
  system: field(flag, 'System', { readOnly: true }),
})

const encode = (entry: Status, call: Call): object => encodeSmallRow(table, smallRow(entry), legacyWire, call)

/** Codes aren't for clients to choose here: the first number that no status has. */
function newCode(others: readonly Status[]): string {
  const taken = new Set(others.map(({ statusId }) => statusId))
  let next = 1
  while (taken.has(String(next))) next += 1
  return String(next)
}

/**
 * Outdated names of `crm.status.*` for one directory, `INVOICE_STATUS` (api-reference/crm/outdated/invoice-status-old/index.md).
 */
export default [
  method({
    name: 'crm.invoice.status.fields',
    scope,
    style,
    params: {},
    run: () => describeFields(table, legacyWire),
  }),
  method({
    name: 'crm.invoice.status.list',
    scope,
    style,
    params: { order: take.any, filter: take.any },
    run: (asked, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        const entries = await call.portal.directories.statuses(call.session, STATUSES)
        const byId = new Map(entries.map((entry) => [entry.id, entry]))
        const rows = sift(table, legacyWire, entries.map(smallRow), asked, call).flatMap((row) => {
          const entry = byId.get(Number(row.id))
          return entry === undefined ? [] : [encode(entry, call)]
        })
        return new Listing(rows, rows.length)
      }),
  }),
  method({
    name: 'crm.invoice.status.get',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await requireReader(call)
        return encode(await requireStatus(call.session, statusIdentifier(id), STATUSES), call)
      }),
  }),
  method({
    name: 'crm.invoice.status.add',
    scope,
    style,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(legacyStyle, 'write', () =>
        addStatus(
          { ENTITY_ID: STATUSES, NAME: givenField(fields, 'NAME'), SORT: givenField(fields, 'SORT') },
          call,
          newCode,
        ),
      ),
  }),
  method({
    name: 'crm.invoice.status.update',
    scope,
    style,
    params: { id: take.any, fields: need.map },
    run: ({ id, fields }, call) =>
      inStyle(legacyStyle, 'write', () => updateStatus(statusIdentifier(id), fields, call, STATUSES)),
  }),
  method({
    name: 'crm.invoice.status.delete',
    scope,
    style,
    params: { id: take.any },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'write', () => removeStatus(statusIdentifier(id), false, call, STATUSES)),
  }),
]

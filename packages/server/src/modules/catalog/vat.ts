import { ApiError, type ErrorStyle, inStyle, legacyError, legacyStyle } from '../../methods/errors.ts'
import { crud } from '../../methods/crud.ts'
import { argument, type Method, method, need } from '../../methods/method.ts'
import { encodeRow, legacySelection } from '../../methods/rows.ts'
import type { Hooks } from '../../records/hooks.ts'
import * as records from '../../records/records.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { price } from './kinds.ts'
import { ids } from './numbers.ts'

/** Rates of value added tax, in percent; a rate that has no number is "without tax". */
export const vat = defineEntity({
  name: 'vat',
  title: 'VAT rate',
  table: 'crm_vat',
  entityTypeId: ids.vat,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    timestampX: field(datetime, 'Modification Date', { readOnly: 'legacy' }),
    active: field(flag, 'Activity'),
    sort: field(integer, 'Sorting', { upper: 'C_SORT' }),
    name: field(string, 'Name', { required: true, max: 50 }),
    rate: field(price, 'Rate'),
  },
})

export const vatHooks: Hooks = {
  complete(change) {
    change.default('active', 'Y')
    change.default('sort', 100)
    change.set('timestampX', Math.floor(change.now))
  },
}

/** Sizes and types as the page tells them (api-reference/crm/outdated/vat/crm-vat-fields.md). */
const told: Readonly<Record<string, { readonly type: string; readonly size?: string }>> = {
  ID: { type: 'integer', size: '11' },
  TIMESTAMP_X: { type: 'datetime' },
  ACTIVE: { type: 'string', size: '1' },
  C_SORT: { type: 'integer', size: '18' },
  NAME: { type: 'string', size: '50' },
  RATE: { type: 'double', size: '18,2' },
}

const style: ErrorStyle = { ...legacyStyle, notFound: () => legacyError('VAT rate not found.') }
const scope = 'crm'

type Run = Method['run']

/** The words of the family for what is wrong with its parameters. */
const reworded =
  (run: Run): Run =>
  async (call) => {
    try {
      return await run(call)
    } catch (cause) {
      if (cause instanceof ApiError && cause.description.startsWith('ID is not'))
        throw legacyError('Invalid identifier.')
      if (cause instanceof ApiError && cause.description.startsWith("Parameter '"))
        throw legacyError('Invalid parameters.')
      throw cause
    }
  }

/** Refuses a selection that names nothing that there is. */
const selecting =
  (run: Run): Run =>
  (call) => {
    const select = argument(call.raw, 'select')
    const names = Array.isArray(select) ? select.filter((name) => typeof name === 'string') : []
    if (names.length > 0 && !names.some((name) => name === '*' || legacyWire.find(vat, name) !== undefined))
      throw legacyError('Inadmissible fields for selection.')
    return run(call)
  }

/** The id is the answer (api-reference/crm/outdated/vat/crm-vat-update.md). */
const answeringId =
  (run: Run): Run =>
  async (call) => {
    await run(call)
    return Number(argument(call.raw, 'id'))
  }

const special: Readonly<Record<string, (run: Run) => Run>> = {
  'crm.vat.list': selecting,
  'crm.vat.update': answeringId,
}

export default [
  ...crud('crm.vat', ids.vat, { style, verbs: ['add', 'list', 'update', 'delete'] }).map((each) => ({
    ...each,
    run: reworded(special[each.name]?.(each.run) ?? each.run),
  })),
  method({
    name: 'crm.vat.get',
    scope,
    style: 'legacy',
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(style, 'read', async () => {
        // Of all fields, the time is not shown (crm-vat-get.md).
        const fields = legacySelection(vat, legacyWire, ['ID', 'ACTIVE', 'NAME', 'RATE', 'C_SORT'])
        return encodeRow(await records.get(call, vat, id, fields), fields, legacyWire, call.encode)
      }),
  }),
  method({
    name: 'crm.vat.fields',
    scope,
    style: 'legacy',
    params: {},
    run: () =>
      Object.fromEntries(
        Object.entries(told).map(([name, shape]) => [
          name,
          {
            ...shape,
            isRequired: false,
            isReadOnly: name === 'ID' || name === 'TIMESTAMP_X',
            title: vat.byLegacy.get(name)?.title,
          },
        ]),
      ),
  }),
]

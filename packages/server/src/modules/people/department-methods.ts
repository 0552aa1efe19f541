import { readFilter } from '../../methods/conditions.ts'
import { readDraft } from '../../methods/draft.ts'
import { ApiError, type ErrorStyle, inStyle } from '../../methods/errors.ts'
import { argument, type Call, Listing, method, take } from '../../methods/method.ts'
import { encodeRow } from '../../methods/rows.ts'
import { Failure } from '../../records/failure.ts'
import { createWithin, list, removeWithin, updateWithin } from '../../records/records.ts'
import { checkReferences } from '../../records/references.ts'
import { integerOf } from '../../schema/kind.ts'
import { legacyWire } from '../../schema/wire.ts'
import { and, type Test } from '../../store/entity-test.ts'
import { department, departmentsIn, TEAM } from './department.ts'
import { moveUp } from './department-rules.ts'
import { conditionsOf, orderOf } from './list-params.ts'

const scope = 'department'
const style = 'legacy'
const refusal = (text: string): ApiError => new ApiError('ERROR_CORE', 400, text)

/** The family's words (api-reference/departments/department-add.md, department-update.md). */
const words: ErrorStyle = {
  accessDenied: () => refusal('Access denied'),
  notFound: () => refusal('Department not found'),
  required: () => refusal('Department name not provided.<br>'),
  invalid: (field, detail) => refusal(`Invalid value for the "${field.title}" field: ${detail}.`),
  notAList: (field) => refusal(`Invalid value for the "${field.title}" field.`),
  rule: refusal,
  parameter: () => refusal('Department not found'),
}

/** The department that the request names; what is no number is no department. */
function idOf(call: Call): number {
  try {
    return integerOf(argument(call.raw, 'ID') ?? 0)
  } catch {
    return 0
  }
}

/** Teams stand in the same table and are told by humanresources.node.* alone. */
const shown = department.fields.filter(({ legacy }) => legacy !== null)
const isDepartment: Test = { is: 'compare', field: department.field('type'), op: 'ne', values: [TEAM] }

/** Fields that a row leaves out when they are empty: the root has no parent, and not every department a head. */
const OPTIONAL = ['PARENT', 'UF_HEAD']

function withoutEmpty(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([key, value]) => !OPTIONAL.includes(key) || (value !== null && value !== '0')),
  )
}

/** `department.*`: everyone reads the structure, administrators write it. */
export const departmentMethods = [
  method({
    name: 'department.fields',
    scope,
    style,
    params: {},
    run: () => Object.fromEntries(shown.map((field) => [field.upper, field.title])),
  }),
  method({
    name: 'department.get',
    scope,
    style,
    params: { start: take.start },
    run: ({ start }, call) =>
      inStyle(words, 'read', async () => {
        const test = readFilter(department, legacyWire, conditionsOf(call), { zone: call.portal.zone })
        const page = await list(call, department, {
          fields: shown,
          test: test === undefined ? isDepartment : and([isDepartment, test]),
          order: orderOf(call, department, legacyWire),
          start,
        })
        const rows = page.rows.map((stored) => withoutEmpty(encodeRow(stored, shown, legacyWire, call.encode)))
        return new Listing(rows, page.total, page.next)
      }),
  }),
  method({
    name: 'department.add',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      inStyle(words, 'write', async () => {
        await call.portal.access.require(call, department, 'add')
        const draft = await readDraft(call, department, legacyWire, call.raw, { isNew: true, strict: false })
        await checkReferences(call, department, draft, 'refuse')
        return call.portal.caches.changing(call.session, ['departments'], (tx) =>
          createWithin({ ...call, tx }, department, draft),
        )
      }),
  }),
  method({
    name: 'department.update',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      inStyle(words, 'write', async () => {
        await call.portal.access.require(call, department, 'update')
        const draft = await readDraft(call, department, legacyWire, call.raw, { isNew: false, strict: false })
        await checkReferences(call, department, draft, 'refuse')
        const id = idOf(call)
        await call.portal.caches.changing(call.session, ['departments'], async (tx) => {
          const tree = await departmentsIn(call.portal.caches).get(tx)
          if (!tree.has(id)) throw new Failure({ why: 'not-found' })
          await updateWithin({ ...call, tx }, department, id, draft)
        })
        return true
      }),
  }),
  method({
    name: 'department.delete',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      inStyle(words, 'write', async () => {
        await call.portal.access.require(call, department, 'delete')
        const id = idOf(call)
        await call.portal.caches.changing(call.session, ['departments', 'people'], async (tx) => {
          await moveUp(call.portal, tx, id, call.now)
          await removeWithin({ ...call, tx }, department, id)
        })
        return true
      }),
  }),
]

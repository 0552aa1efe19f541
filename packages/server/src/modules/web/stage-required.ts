import { ApiError, type ErrorStyle, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need, take } from '../../methods/method.ts'
import { itemWire } from '../../schema/wire.ts'
import { requiredFields, setRequiredFields } from '../crm/card/required-fields.ts'

const scope = 'crm'
const style: ErrorStyle = {
  ...itemStyle,
  notFound: () => new ApiError('NOT_FOUND', 400, 'There is no such stage'),
}
/** Many more than a form can hold. */
const MOST = 100

/** An empty text is the empty list: forms have no other. */
function namesOf(input: unknown): string[] {
  if (input === undefined || input === null) throw style.parameter('fields', 'list', true)
  const names = input === '' ? [] : typeof input === 'object' ? Object.values(input) : [input]
  if (!names.every((each) => typeof each === 'string')) throw style.parameter('fields', 'list', false)
  if (names.length > MOST) throw new ApiError('INVALID_ARG_VALUE', 400, `A stage needs ${MOST} fields at most`)
  return names
}

/**
 * Which fields a record needs before it may be moved to a stage, or made in it. Every way of writing holds to it;
 * to set it is for whoever may configure the records of that pipeline.
 */
export const stageRequiredMethods = [
  method({
    name: 'portico.stage.required.list',
    scope,
    params: { entityTypeId: need.integer },
    run: ({ entityTypeId }, call) =>
      inStyle(style, 'read', async () => {
        const entity = await call.portal.entities.find(call.session, entityTypeId)
        // Named as rows of `crm.item.list` name them; of what those don't show (`PHONE`), as everything else does.
        const shown = (name: string): string => {
          const field = entity?.byName.get(name) ?? entity?.byLegacy.get(name)
          return field === undefined ? name : (itemWire.key(field) ?? field.name)
        }
        const stages = await requiredFields(call, entityTypeId)
        return {
          stages: stages.map(({ categoryId, stageId, fields }) => ({ categoryId, stageId, fields: fields.map(shown) })),
        }
      }),
  }),
  method({
    name: 'portico.stage.required.set',
    scope,
    params: { entityTypeId: need.integer, categoryId: take.integer(0), stageId: need.text, fields: take.any },
    run: ({ entityTypeId, categoryId = 0, stageId, fields }, call) =>
      inStyle(style, 'write', async () => {
        await setRequiredFields(call, { entityTypeId, categoryId, stageId, fields: namesOf(fields) })
        return true
      }),
  }),
]

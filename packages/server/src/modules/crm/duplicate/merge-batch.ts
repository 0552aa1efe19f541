import { ApiError, type ErrorStyle, inStyle, legacyStyle } from '../../../methods/errors.ts'
import { argument, isMap, listOfInput, method, take } from '../../../methods/method.ts'
import { nameOfEntityType } from '../../../schema/entity-types.ts'
import { InvalidValue, integerOf } from '../../../schema/kind.ts'
import { mergeRecords } from './merge.ts'

/** The page shows a bare 0 as the code of its refusals. */
const refusal = (text: string, status = 400): ApiError => new ApiError(0, status, text)

const style: ErrorStyle = {
  ...legacyStyle,
  accessDenied: () => refusal('Access denied', 403),
  notFound: () => refusal('Owner was not found'),
}

/** An id, or 0 for anything that is none. */
function idIn(input: unknown): number {
  try {
    return typeof input === 'object' || input === undefined ? 0 : Math.max(integerOf(input), 0)
  } catch (cause) {
    if (cause instanceof InvalidValue) return 0
    throw cause
  }
}

/** api-reference/crm/duplicates/crm-entity-merge-batch.md */
export const mergeBatch = method({
  name: 'crm.entity.mergeBatch',
  scope: 'crm',
  style: 'legacy',
  params: { params: take.any },
  run: ({ params }, call) =>
    inStyle(style, 'write', async () => {
      const given = isMap(params) ? params : {}
      const entityTypeId = idIn(argument(given, 'entityTypeId'))
      if (entityTypeId === 0) throw refusal('The parameter entityTypeId is required.')
      const list = argument(given, 'entityIds')
      const ids = typeof list === 'object' && list !== null ? listOfInput(list).map(idIn) : []
      const [main, ...others] = new Set(ids.filter((id) => id > 0))
      if (main === undefined) throw refusal('The parameter entityIds does not contains valid elements.')
      if (others.length === 0) throw refusal('The parameter entityIds must contains at least two elements.')
      const entity = await call.portal.entities.find(call.session, entityTypeId)
      if (entity === undefined) throw refusal(`Entity type ${nameOfEntityType(entityTypeId)} is not supported`)
      const status = await mergeRecords(call, entity, [main, ...others])
      return { STATUS: status, ENTITY_IDS: status === 'SUCCESS' ? others : [] }
    }),
})

import { ApiError, type ErrorStyle, itemStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'

/** `crm.activity.{add,get,list,update,delete,fields}`. */
export const oldStyle: ErrorStyle = { ...legacyStyle, notFound: () => legacyError('Activity is not found') }

/** The younger families, each with its own words for the same two refusals. */
const words = (denied: string, missing: string): ErrorStyle => ({
  ...itemStyle,
  accessDenied: () => new ApiError('ACCESS_DENIED', 400, denied),
  notFound: () => new ApiError('NOT_FOUND', 400, missing),
  invalid: (field, detail) =>
    new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field "${field.name}": ${detail}`),
  rule: (text) => new ApiError('INVALID_ARG_VALUE', 400, text),
})

/** `crm.activity.{todo,configurable,badge,type}.*`. */
export const activityStyle = words('Insufficient permissions to perform the operation', 'Not found.')
export const bindingStyle = words('Insufficient rights to perform the operation', 'Element not found')
export const blocksStyle = words('Access denied', 'The activity was not found')
/** A refusal of rights has its own status here (crm-activity-call-get-transcript.md). */
export const callStyle: ErrorStyle = {
  ...words('Access denied', 'Element not found'),
  accessDenied: () => new ApiError('ACCESS_DENIED', 403, 'Access denied'),
}

export const ownerNotFound = (text = 'Owner of the entity not found'): ApiError =>
  new ApiError('OWNER_NOT_FOUND', 400, text)

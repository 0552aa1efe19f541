import { ApiError, type ErrorStyle, itemStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'

/** Most methods of the timeline (api-reference/crm/timeline/comments/crm-timeline-comment-add.md). */
export const timelineStyle: ErrorStyle = {
  ...itemStyle,
  accessDenied: () => new ApiError('ACCESS_DENIED', 400, 'Access denied'),
  notFound: () => new ApiError('NOT_FOUND', 400, 'Not found.'),
  invalid: (field, detail) =>
    new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field "${field.upper}": ${detail}`),
  rule: (text) => new ApiError('INVALID_ARG_VALUE', 400, text),
}

/** The older ones: reading comments, and bindings. */
export const oldTimelineStyle: ErrorStyle = { ...legacyStyle, notFound: () => legacyError('Not found.') }

/** `OWNER_ID is not defined or invalid.` */
export const undefinedOrInvalid = (name: string): ApiError => legacyError(`${name} is not defined or invalid.`)

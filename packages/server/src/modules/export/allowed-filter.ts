import { ApiError } from '../../methods/errors.ts'
import type { Call } from '../../methods/method.ts'
import type { Entity } from '../../schema/entity.ts'
import type { Test } from '../../store/entity-test.ts'

/** A condition under the names of both dialects. */
export interface AllowedFilter {
  readonly legacy: Readonly<Record<string, unknown>> | null
  readonly item: Readonly<Record<string, unknown>>
}

/** Two conditions that say the same, as far as roles can say it. */
function alike(a: Test, b: Test): boolean {
  if (a.is === 'group' && b.is === 'group')
    return (
      a.logic === b.logic &&
      a.members.length === b.members.length &&
      a.members.every((member, index) => {
        const other = b.members[index]
        return other !== undefined && alike(member, other)
      })
    )
  if (a.is === 'compare' && b.is === 'compare')
    return (
      a.field.name === b.field.name &&
      a.op === b.op &&
      a.values.length === b.values.length &&
      a.values.every((value, index) => value === b.values[index])
    )
  return a.is === 'constant' && b.is === 'constant' && a.value === b.value
}

/**
 * What an export must ask for beside its own filter, where the caller may export less than read; undefined where that
 * is the same. Refuses what a filter cannot say, so that nobody takes out more than a role allows.
 */
export async function allowedFilter(call: Call, entity: Entity): Promise<AllowedFilter | undefined> {
  if (entity.rights !== 'roles') return undefined
  const { test } = await call.portal.access.require(call, entity, 'export')
  const read = await call.portal.access.require(call, entity, 'read')
  if (test === undefined || (read.test !== undefined && alike(test, read.test))) return undefined
  if (test.is === 'compare' && (test.op === 'eq' || test.op === 'in')) {
    const { field, values } = test
    return {
      legacy: field.legacy === null ? null : { [`@${field.legacy}`]: values },
      item: { [`@${field.name}`]: values },
    }
  }
  throw new ApiError(
    'EXPORT_PARTLY_ALLOWED',
    403,
    'Your role lets you export some of these records only, of a kind that a filter cannot say: ask for the right to export all that you may read',
  )
}

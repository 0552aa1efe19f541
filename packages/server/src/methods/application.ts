import { UserFieldRefusal } from '../records/user-field-refusal.ts'
import { ApiError } from './errors.ts'
import type { Call, Credential } from './method.ts'

/**
 * The application in whose context a call is made; empty for webhooks and for people themselves, who are none. What
 * nobody's application wrote, any webhook may delete again.
 */
export const applicationOf = (credential: Credential): string => (credential.kind === 'token' ? credential.id : '')

/** The same for what only applications may do; each page has its own words for the others. */
export function requireApplication({ credential }: Pick<Call, 'credential'>, error: ApiError): string {
  const application = applicationOf(credential)
  if (application === '') throw error
  return application
}

/**
 * An application makes fields of the types that it has registered itself, not of those of others
 * (api-reference/widgets/user-field/index.md).
 */
export function requireOwnType({ applicationId }: Credential, userTypeId: string): void {
  if (applicationId !== undefined && userTypeId.startsWith('rest_') && !userTypeId.startsWith(`rest_${applicationId}_`))
    throw new UserFieldRefusal('type-unknown', userTypeId)
}

/** For what opens more than a scope could name: no narrow webhook makes administrators, or listens to everything. */
export function requireEveryScope({ credential }: Pick<Call, 'credential'>): void {
  if (credential.scopes !== undefined)
    throw new ApiError('WRONG_AUTH_TYPE', 403, 'Current authorization type is denied for this method')
}

import type { Credential } from '../../../methods/method.ts'

/**
 * The application in whose context a call is made; empty for webhooks and for people themselves, who are none. What
 * nobody's application wrote, any webhook may delete again.
 */
export const applicationOf = (credential: Credential): string => (credential.kind === 'token' ? credential.id : '')

import {
  CredentialError,
  LimitError,
  LostAnswerError,
  PortalError,
  UnexpectedAnswerError,
  UnreachableError,
} from 'portico-client'
import { exit } from './terminal.ts'

/** What a call has failed with, for people, for scripts and for the shell. */
export interface PortalFailure {
  /** `NOT_FOUND: Not found (HTTP 400)` */
  readonly message: string
  /** What to do about it. */
  readonly hint: string | undefined
  readonly exitCode: number
  /** What `--json` shows of it, in the portal's own words. `status` is 0 where no answer came. */
  readonly json: { readonly error: string; readonly error_description: string; readonly status: number }
}

/** undefined where the failure is none of the client's. */
export async function portalFailure(cause: unknown): Promise<PortalFailure | undefined> {
  if (cause instanceof PortalError) return refused(cause)
  if (cause instanceof UnreachableError)
    return {
      message: cause.message,
      hint: unreachableHint(cause),
      exitCode: exit.unreachable,
      json: { error: 'UNREACHABLE', error_description: cause.message, status: 0 },
    }
  if (cause instanceof LostAnswerError)
    return {
      message: cause.message,
      hint: 'The outcome is unknown: look whether it was done before you repeat it. With an idempotency key it could be repeated safely.',
      exitCode: exit.unreachable,
      json: { error: 'OUTCOME_UNKNOWN', error_description: cause.message, status: 0 },
    }
  if (cause instanceof UnexpectedAnswerError)
    return {
      message: cause.message,
      hint: 'Is that the address of a portal? -v shows what it answered.',
      exitCode: exit.failure,
      json: { error: 'UNEXPECTED_ANSWER', error_description: cause.message, status: cause.status },
    }
  return undefined
}

async function refused(error: PortalError): Promise<PortalFailure> {
  const { code, text, status } = error
  const said = [code, text].filter((part) => part !== '').join(': ') || 'an error without a name'
  return {
    message: `${said} (HTTP ${status})`,
    hint: await refusalHint(error),
    exitCode: error instanceof CredentialError ? exit.unauthorized : exit.failure,
    json: { error: code, error_description: text, status },
  }
}

async function refusalHint(error: PortalError): Promise<string | undefined> {
  const { code, method } = error
  switch (code.toLowerCase()) {
    case 'error_method_not_found': {
      const { nearestMethod } = await import('./call/method-names.ts')
      const meant = nearestMethod(method)
      return meant === undefined ? 'portico methods lists the methods.' : `Did you mean ${meant}?`
    }
    case 'insufficient_scope':
      return `The credential does not open this: portico describe ${method} tells the scope that it needs.`
    case 'expired_token':
      return 'The access token has expired: take a new one, or let a profile refresh it (portico profile add --help).'
    default:
  }
  if (error instanceof CredentialError && error.status === 401)
    return 'portico profile show tells which credential was used; portico profile add NAME keeps another one.'
  if (error instanceof LimitError)
    return error.retryAfter === undefined
      ? 'The portal spares itself: wait a little and run it again.'
      : `The portal spares itself: run it again in ${error.retryAfter} s.`
  return undefined
}

function unreachableHint({ message }: UnreachableError): string {
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|certificate/.test(message))
    return 'Its certificate is signed by nobody known here: name the authority with --ca FILE.'
  return 'Is the portal running, and is its address right? portico profile show tells which one was called.'
}

import {
  type Client,
  LimitError,
  LostAnswerError,
  PortalError,
  UnexpectedAnswerError,
  UnreachableError,
} from 'portico-client'
import { type Answered, type AuditLine, type Backend, type CallOptions, type Params, Refusal } from './backend.ts'

/** Any portal, reached with a client: a Portico elsewhere or the cloud. */
export function clientBackend(client: Client, write: (line: AuditLine) => Promise<void>): Backend {
  const call = async (method: string, params: Params, options: CallOptions = {}): Promise<Answered> => {
    if (options.version === 3)
      throw new Refusal({
        code: 'UNSUPPORTED',
        text: 'Methods of REST 3.0 can be called through a /mcp endpoint only',
        status: 400,
      })
    try {
      const { signal } = options
      const { result, total } = await client.request(method, params, signal === undefined ? {} : { signal })
      return { result, ...(total === undefined ? {} : { total }) }
    } catch (cause) {
      throw refusalOf(cause)
    }
  }
  return {
    get portal() {
      return client.portal
    },
    call,
    /** Whether the portal knows the method and lets the credential call it; nothing more can be known from outside. */
    async rehearse(method, _params, options) {
      const { result } = await call('method.get', { name: method }, options)
      const { isExisting, isAvailable } = (result ?? {}) as { isExisting?: boolean; isAvailable?: boolean }
      if (isExisting === false)
        throw new Refusal({ code: 'ERROR_METHOD_NOT_FOUND', text: 'Method not found!', status: 404 })
      if (isAvailable === false)
        throw new Refusal({
          code: 'insufficient_scope',
          text: 'The request requires higher privileges than provided by the credential',
          status: 403,
        })
      return { how: 'checked' }
    },
    audit: write,
  }
}

function refusalOf(cause: unknown): unknown {
  if (cause instanceof PortalError) {
    const { code, text, status } = cause
    const wait = cause instanceof LimitError ? `Wait ${cause.retryAfter ?? 'some'} s and call again.` : undefined
    return new Refusal({ code, text, status, hint: wait })
  }
  if (cause instanceof LostAnswerError)
    return new Refusal({
      code: 'OUTCOME_UNKNOWN',
      text: 'The call was sent and no answer came: it may have been done',
      status: 0,
      hint: 'Look whether it was done before you repeat it.',
    })
  if (cause instanceof UnreachableError)
    return new Refusal({ code: 'UNREACHABLE', text: 'The portal cannot be reached; nothing was done', status: 0 })
  if (cause instanceof UnexpectedAnswerError)
    return new Refusal({
      code: 'UNEXPECTED_ANSWER',
      text: 'Something answered, but not as a portal does',
      status: cause.status,
    })
  return cause
}

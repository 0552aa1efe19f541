import { addressOf } from '../profiles/address.ts'
import { CommandError, exit } from '../terminal.ts'

/** A webhook's address in its parts. */
export interface Webhook {
  readonly origin: string
  /** `/rest/`, or more where the portal lies deeper. */
  readonly path: string
  readonly userId: string
  readonly code: string
}

/** @throws {CommandError} which tells nothing of what was given: it holds a secret */
export function webhookOf(text: string): Webhook {
  const address = addressOf(text)
  const url = address !== undefined && 'webhook' in address ? new URL(address.webhook) : undefined
  const [, path, userId, code] = /^(.*\/rest\/)(\d+)\/([\w-]+)\/$/.exec(url?.pathname ?? '') ?? []
  if (url === undefined || path === undefined || userId === undefined || code === undefined)
    throw new CommandError('that is no address of a webhook: expected https://PORTAL/rest/USER/CODE/', {
      exitCode: exit.usage,
    })
  return { origin: url.origin, path, userId, code }
}

export interface WebhookPath {
  readonly api: boolean
  readonly userId: string
  readonly code: string
  /** What stands behind the code, with the slash and the query. */
  readonly rest: string
}

/** The webhook of a request's path; SDKs double its slashes. */
export function webhookPath(url: string): WebhookPath | undefined {
  const [, api, userId, code, rest] = /^\/+rest\/+(api\/+)?(\d{1,15})\/+([\w-]+)(\/[^]*)$/i.exec(url) ?? []
  return userId === undefined || code === undefined || rest === undefined
    ? undefined
    : { api: api !== undefined, userId, code, rest }
}

import { outboundToken } from '../modules/event/outbound.ts'
import { authOf, senderOf } from '../records/application-auth.ts'
import { type Application, issueAccessToken, issueTokens } from '../records/applications.ts'
import type { Portal } from '../records/context.ts'
import { originOf } from '../records/endpoints.ts'
import type { AccessTokens } from '../records/tokens.ts'
import type { Session } from '../store/store.ts'

/** What of a delivery decides who sends and for whom. */
export interface Addressed {
  readonly source: string
  readonly handlerId: number
  readonly applicationId: number
  readonly sender: Application | undefined
  readonly userId: number
  readonly withRefreshToken: boolean
}

/** Seconds in which one token goes with all that is sent to an application for one person. */
const SHARED_FOR = 60
const MAX_SHARED = 10_000

/** The handler, or its application, is there no more. */
export class GoneError extends Error {}

/** Who sends, as handlers are told; tokens are made when something is sent, so that a late event has a living one. */
export class SenderBlocks {
  readonly #portal: Portal
  readonly #shared = new Map<string, { since: number; tokens: Promise<AccessTokens> }>()

  constructor(portal: Portal) {
    this.#portal = portal
  }

  /** @throws {GoneError} */
  async of(session: Session, delivery: Addressed): Promise<object> {
    const portal = this.#portal
    if (delivery.source === 'outbound') {
      const { outbound } = await portal.subscriptions.all(session)
      const webhook = outbound.find(({ id }) => id === delivery.handlerId)
      if (webhook === undefined) throw new GoneError('the webhook is there no more')
      const token = await outboundToken(portal, session, webhook)
      return { ...(await senderOf(portal, session, originOf(portal))), application_token: token }
    }
    const living = await portal.applications.find(session, delivery.applicationId)
    const application = living ?? delivery.sender
    if (application === undefined) throw new GoneError('the application is there no more')
    const user = living === undefined ? undefined : await this.#user(session, living, delivery)
    return authOf(portal, session, application, originOf(portal), user)
  }

  /** Nobody, if the person may not use the portal any more. */
  async #user(session: Session, application: Application, { userId, withRefreshToken }: Addressed) {
    if (userId === 0) return undefined
    const person = await this.#portal.people.find(session, userId)
    if (person?.active !== true) return undefined
    if (!withRefreshToken) return { id: userId, tokens: await this.#token(application, userId) }
    const tokens = await session.transaction((tx) => issueTokens(this.#portal, tx, application, userId))
    await session.settled()
    return { id: userId, tokens }
  }

  /** Ten thousand events in a minute need no ten thousand tokens. */
  async #token(application: Application, userId: number): Promise<AccessTokens> {
    const now = this.#portal.sources.now()
    const key = [application.id, application.installation, application.scopes.join(), userId].join(' ')
    const known = this.#shared.get(key)
    if (known !== undefined && known.since <= now && now < known.since + SHARED_FOR) {
      const tokens = await known.tokens
      return { ...tokens, expiresIn: Math.max(tokens.expires - Math.floor(now), 0) }
    }
    if (this.#shared.size >= MAX_SHARED) this.#shared.clear()
    const tokens = this.#issue(application, userId)
    this.#shared.set(key, { since: now, tokens })
    tokens.catch(() => this.#shared.delete(key))
    return tokens
  }

  async #issue(application: Application, userId: number): Promise<AccessTokens> {
    const session = this.#portal.store.session()
    const tokens = await session.transaction((tx) => issueAccessToken(this.#portal, tx, application, userId))
    await session.settled()
    return tokens
  }
}

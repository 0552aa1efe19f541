import { setTimeout as pause } from 'node:timers/promises'
import { commandPairs } from '../asked.ts'
import type { Command } from '../asked.ts'
import { CommandError, exit } from '../../terminal.ts'
import { type Webhook, webhookOf } from '../webhook-path.ts'
import { fromXml } from '../xml-tree.ts'
import type { Tree } from './shape.ts'

/** The portal whose answers are compared with the recorded ones. */
export interface Target {
  /** Its webhook. */
  readonly hook: string
  readonly fetch?: typeof fetch
  /** Sets its clock to the time of the next request, in epoch seconds; where it has a clock that can be set. */
  readonly setClock?: (at: number) => void | Promise<void>
}

export interface Call {
  readonly method: string
  readonly api: 2 | 3
  readonly verb: string
  readonly xml: boolean
  readonly params: Tree
  readonly commands?: readonly Command[] | undefined
}

export interface Said {
  readonly status: number
  /** undefined where it is neither JSON nor XML. */
  readonly body: unknown
}

/** How often a portal that spares itself is asked again, and how long it is left alone at most, in milliseconds. */
const TRIES = 8
const LONGEST = 30_000

/** Sends calls to a portal, one after another. */
export class Caller {
  readonly #target: Target
  readonly #webhook: Webhook

  constructor(target: Target) {
    this.#target = target
    this.#webhook = webhookOf(target.hook)
  }

  get userId(): number {
    return Number(this.#webhook.userId)
  }

  /** @throws {CommandError} where there is no answer */
  async call(call: Call, at: number): Promise<Said> {
    await this.#target.setClock?.(at)
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#send(call)
      if ((answer.status !== 503 && answer.status !== 429) || attempt === TRIES) return said(answer, call.xml)
      await answer.arrayBuffer()
      const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
      await pause(Math.min(Number.isFinite(seconds) ? seconds * 1000 : 500 * 2 ** attempt, LONGEST))
    }
  }

  async #send({ method, api, verb, xml, params, commands }: Call): Promise<Response> {
    const { origin, path, userId, code } = this.#webhook
    const url = `${origin}${path}${api === 3 ? 'api/' : ''}${userId}/${code}/${method}${xml ? '.xml' : ''}`
    const body =
      commands === undefined || commands.length === 0
        ? { type: 'application/json', text: JSON.stringify(commands === undefined ? params : { ...params, cmd: [] }) }
        : { type: 'application/x-www-form-urlencoded', text: commandPairs(params, commands).join('&') }
    // Some methods of REST 3.0 are asked with GET and nothing else.
    const isGet = api === 3 && verb === 'GET' && Object.keys(params).length === 0
    try {
      return await (this.#target.fetch ?? fetch)(url, {
        method: isGet ? 'GET' : 'POST',
        redirect: 'manual',
        ...(isGet ? {} : { headers: { 'content-type': body.type }, body: body.text }),
      })
    } catch (cause) {
      const reason = (cause as Error).cause
      throw new CommandError(
        `${origin} does not answer: ${reason instanceof Error ? reason.message : (cause as Error).message}`,
        { exitCode: exit.unreachable, cause },
      )
    }
  }
}

async function said(answer: Response, xml: boolean): Promise<Said> {
  const text = await answer.text()
  if (xml) return { status: answer.status, body: fromXml(text) }
  try {
    return { status: answer.status, body: JSON.parse(text) as unknown }
  } catch {
    return { status: answer.status, body: undefined }
  }
}

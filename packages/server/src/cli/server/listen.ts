import { PortalError } from 'portico-client'
import { ConfigError } from '../../config/options.ts'
import { clientCommand, type Calling } from '../client-command.ts'
import { text, toggle } from '../client-options.ts'
import { say } from '../terminal.ts'
import { persistently } from './persistence.ts'

/** Seconds that the server may think about an answer, and milliseconds until nothing is expected of it any more. */
const WAIT = 25
const PATIENCE = 40_000
/** Milliseconds that a handler has, as those of the portal's own deliveries have. */
const HANDLER = 8_000
/** Milliseconds for the last word. */
const GOODBYE = 3_000

interface Heard {
  readonly ID: number
  /** What a handler would be sent, and the same as a form. */
  readonly PAYLOAD: { readonly event: string; readonly data: Readonly<Record<string, unknown>> }
  readonly BODY: string
}

interface Given {
  readonly forwardTo: string | undefined
  readonly events: string | undefined
  readonly print: boolean
}

/** Of a listener: who it is on the server, and what has arrived since it was last asked. */
interface State {
  id: number
  done: number[]
  lost: number
}

export const listen = clientCommand<Given>({
  name: 'listen',
  about: 'Show events as they happen, and forward them to a handler on this machine',
  options: {
    forwardTo: text('forward-to', 'url', 'Where each event is sent, exactly as the portal sends it to handlers'),
    events: text('events', 'names', 'Which, with commas between them; all without it'),
    print: toggle('print', 'Whole events on a terminal, too'),
  },
  examples: [
    'listen',
    'listen --forward-to http://localhost:3000/events --events ONCRMLEADADD,ONCRMDEALUPDATE',
    'listen | jq .data',
  ],
  async run(calling, given) {
    const target = targetOf(given.forwardTo)
    const state: State = { id: await start(calling, given), done: [], lost: 0 }
    try {
      for (;;) await round(calling, given, state, target)
    } finally {
      await stop(calling, state)
    }
  },
})

function targetOf(given: string | undefined): URL | undefined {
  if (given === undefined) return undefined
  // `localhost:3000/events` is what people type.
  const address = /^https?:\/\//i.test(given) ? given : `http://${given}`
  if (!URL.canParse(address)) throw new ConfigError('--forward-to', given, `--forward-to "${given}" is no address`)
  return new URL(address)
}

async function start({ client, output, signal }: Calling, { events, forwardTo }: Given): Promise<number> {
  const wanted = events === undefined ? {} : { events: events.split(',').map((each) => each.trim()) }
  const begun = (await client.call('portico.listen.start', wanted, { signal })) as {
    ID: number
    APPLICATION_TOKEN: string
  }
  output.note(
    `Listening to ${events ?? 'every event'} of ${client.portal}${forwardTo === undefined ? '' : `, for ${forwardTo}`}`,
  )
  output.note(`auth[application_token] is ${begun.APPLICATION_TOKEN} as long as this runs; Ctrl-C ends it.`)
  return begun.ID
}

async function round(calling: Calling, given: Given, state: State, target: URL | undefined): Promise<void> {
  const { client, output, signal } = calling
  const ask = async (): Promise<{ EVENTS: Heard[]; LOST: number }> =>
    (await client.call(
      'portico.listen.next',
      { id: state.id, done: state.done, wait: WAIT },
      { signal, timeout: PATIENCE },
    )) as { EVENTS: Heard[]; LOST: number }
  try {
    const { EVENTS: events, LOST: lost } = await persistently(calling, ask)
    state.done = []
    if (lost > state.lost) output.warn(`${lost - state.lost} events came too quickly and are lost`)
    state.lost = lost
    for (const event of events) {
      await show(calling, given, event, target)
      state.done.push(event.ID)
    }
  } catch (cause) {
    if (!(cause instanceof PortalError) || cause.code !== 'LISTENER_NOT_FOUND') throw cause
    output.warn('the server has forgotten this listener: what happened meanwhile is lost')
    state.id = await start(calling, given)
    state.done = []
    state.lost = 0
  }
}

/** One event after another, so that a handler sees them in their order. */
async function show(
  { output, program }: Calling,
  { print }: Given,
  { PAYLOAD: payload, BODY: body }: Heard,
  target: URL | undefined,
): Promise<void> {
  const isForPeople = output.format === 'table' && !print
  if (!isForPeople) say(JSON.stringify(payload), program.stdout)
  const outcome = target === undefined ? '' : ` → ${await forward(program.fetch ?? fetch, target, body)}`
  const line = `${new Date().toTimeString().slice(0, 8)}  ${payload.event}  ${objectOf(payload.data)}${outcome}`
  if (isForPeople) say(line, program.stdout)
  else if (target !== undefined) output.note(line)
}

/** `7`, or nothing where the event is of no record. */
function objectOf(data: Readonly<Record<string, unknown>>): string {
  const fields = data.FIELDS
  const id = typeof fields === 'object' && fields !== null && 'ID' in fields ? fields.ID : undefined
  return typeof id === 'number' || typeof id === 'string' ? String(id) : ''
}

async function forward(send: typeof fetch, target: URL, body: string): Promise<string> {
  const begun = performance.now()
  try {
    const answer = await send(target, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Portico' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(HANDLER),
    })
    await answer.arrayBuffer().catch(() => {})
    return `${answer.status} (${Math.round(performance.now() - begun)} ms)`
  } catch (cause) {
    const { message, cause: reason } = cause as Error
    return `no answer: ${reason instanceof Error && reason.message !== '' ? reason.message : message}`
  }
}

/** What has not been shown is nobody's any more; a server that is away forgets by itself. */
async function stop({ client }: Calling, { id }: State): Promise<void> {
  await client.call('portico.listen.stop', { id }, { timeout: GOODBYE }).catch(() => {})
}

import { ControlError } from '../control-error.ts'
import { CONNECTION_KINDS, type CallFault, type EventFault, type FaultRule, type OwnError } from './fault-rule.ts'
import { matcher } from './pattern.ts'
import { hint, isText, MapReader } from './read-map.ts'
import { systemErrorCodes } from './system-errors.ts'

/** The longest that anything is delayed, in seconds: of the real clock, and of the portal's for events. */
const MOST_SECONDS = 600
const MOST_EVENT_SECONDS = 30 * 86_400
const MOST_TIMES = 1_000_000
const MOST_DUPLICATES = 100

const occasions = ['skip', 'times', 'probability', 'until'] as const
const effects = ['error', ...CONNECTION_KINDS, 'tokens'] as const
/** Of which one alone is said for a call. */
export const ofCall = [...effects, 'delay', 'when'] as const
const eventEffects = ['duplicate', 'delay', 'reorder', 'drop'] as const
const callKeys: readonly string[] = ['methods', 'credentials', ...ofCall, ...occasions]
const eventKeys: readonly string[] = ['events', 'handler', ...eventEffects, ...occasions]
/** All that a rule may say. */
export const faultKeys: readonly string[] = [...new Set([...callKeys, ...eventKeys])]

/** The names that there are, for rules that use them. */
export interface Known {
  readonly methods: () => Iterable<string>
  readonly events: () => Iterable<string>
}

/**
 * A rule as it was written, when all of it can be done.
 * @throws {ControlError} in words for its author
 */
export function readFault(given: unknown, known: Known, what = 'a fault'): FaultRule {
  const reader = new MapReader(what, given, faultKeys)
  return reader.has('events') || reader.has('handler')
    ? eventFault(new MapReader(`${what} of events`, given, eventKeys), known, what)
    : callFault(new MapReader(`${what} of calls`, given, callKeys), known, what)
}

function callFault(reader: MapReader, known: Known, what: string): CallFault {
  const said = effects.filter((each) => reader.has(each) && reader.get(each) !== false)
  if (said.length > 1) throw new ControlError(`${what} does one thing, not ${said.join(' and ')} together`)
  const [effect] = said
  const delay = reader.number('delay', { least: 0, most: MOST_SECONDS })
  if (effect === undefined && delay === undefined)
    throw new ControlError(
      `${what} needs something that goes wrong: ${effects.join(', ')} or delay, or events with ${eventEffects.join(', ')}`,
    )
  const when = reader.oneOf('when', ['before', 'after'])
  if (when === 'after' && (effect === 'redirect' || effect === 'tokens'))
    reader.fail('when', `before (all that there is for ${effect})`)
  if (when === 'before' && effect === 'cut') reader.fail('when', 'after (there is no answer to cut before)')
  return compact<CallFault>({
    methods: names(reader, 'methods', known.methods, 'method'),
    credentials: credentials(reader),
    when: effect === 'cut' ? 'after' : when,
    error: error(reader, what),
    delay,
    timeout: reader.flag('timeout') || undefined,
    reset: reader.flag('reset') || undefined,
    cut: reader.flag('cut') || undefined,
    garbage: reader.oneOf('garbage', [502, 503, 504] as const),
    redirect: redirect(reader),
    tokens: reader.oneOf('tokens', ['expire', 'revoke'] as const),
    ...occasionsOf(reader),
  })
}

function eventFault(reader: MapReader, known: Known, what: string): EventFault {
  const said = eventEffects.filter((each) => reader.has(each) && reader.get(each) !== false)
  if (said.length !== 1)
    throw new ControlError(
      said.length === 0
        ? `${what} of events needs what becomes of them: ${eventEffects.join(', ')}`
        : `${what} of events does one thing, not ${said.join(' and ')} together`,
    )
  return compact<EventFault>({
    events: names(reader, 'events', known.events, 'event') ?? ['*'],
    handler: reader.text('handler'),
    duplicate: reader.integer('duplicate', { least: 1, most: MOST_DUPLICATES }),
    delay: reader.number('delay', { least: 0, most: MOST_EVENT_SECONDS }),
    reorder: reader.flag('reorder') || undefined,
    drop: reader.flag('drop') || undefined,
    ...occasionsOf(reader),
  })
}

const occasionsOf = (reader: MapReader) => ({
  skip: reader.integer('skip', { least: 0, most: MOST_TIMES }),
  times: reader.integer('times', { least: 1, most: MOST_TIMES }),
  probability: reader.number('probability', { least: 0, most: 1 }),
  until: reader.moment('until'),
})

function names(reader: MapReader, key: string, all: Known['methods'], kind: string): string[] | undefined {
  const patterns = reader.list(key, isText, `the name of a ${kind}, a glob or a list of these`)
  if (patterns === undefined) return undefined
  for (const pattern of patterns) {
    // The event of one smart process names its type, which may come to be later.
    const name = kind === 'event' ? pattern.replace(/_\d{1,9}$/, '') : pattern
    if (!isAny(all(), matcher([name])))
      throw new ControlError(
        pattern.includes('*')
          ? `no ${kind} is meant by ${JSON.stringify(pattern)}`
          : `there is no ${kind} ${JSON.stringify(pattern)}${hint(pattern, [...all()])}`,
      )
  }
  return patterns
}

function isAny(names: Iterable<string>, isMeant: (name: string) => boolean): boolean {
  for (const name of names) if (isMeant(name)) return true
  return false
}

const CREDENTIAL = /^(?:\S*\/rest\/)?(\d{1,15}\/[A-Za-z0-9]+)\/?$/
const APPLICATION = /^(?:local|app)\.[a-z0-9.]+$/i

/** Addresses of webhooks are known by what names the webhook in them. */
function credentials(reader: MapReader): (string | number)[] | undefined {
  const expected = 'a webhook (1/code, or its address), the id of a user, the client id of an application, or "session"'
  const isOne = (value: unknown): value is string | number =>
    (typeof value === 'number' && Number.isInteger(value) && value > 0) ||
    (typeof value === 'string' && (value === 'session' || CREDENTIAL.test(value) || APPLICATION.test(value)))
  return reader
    .list('credentials', isOne, expected)
    ?.map((each) => (typeof each === 'string' ? (CREDENTIAL.exec(each)?.[1] ?? each) : each))
}

function error(reader: MapReader, what: string): string | OwnError | undefined {
  const given = reader.get('error')
  if (given === undefined) return undefined
  if (typeof given === 'string') {
    if (systemErrorCodes.includes(given)) return given
    const exact = systemErrorCodes.find((each) => each.toLowerCase() === given.toLowerCase())
    throw new ControlError(
      `there is no documented error ${JSON.stringify(given)}${exact === undefined ? hint(given, systemErrorCodes) : `: did you mean ${exact}?`} (one of your own is a map of code, status and text)`,
    )
  }
  const own = new MapReader(`the error of ${what}`, given, ['code', 'status', 'text', 'retryAfter'])
  const code = own.get('code')
  if (typeof code !== 'string' && typeof code !== 'number') return own.fail('code', 'a text or a number')
  return compact<OwnError>({
    code,
    status: own.integer('status', { least: 200, most: 599 }),
    text: own.text('text'),
    retryAfter: own.integer('retryAfter', { least: 0, most: 86_400 }),
  })
}

function redirect(reader: MapReader): string | undefined {
  const given = reader.text('redirect')
  if (given === undefined) return undefined
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    return reader.fail('redirect', 'the address of another portal (https://new.example)')
  return given.replace(/\/+$/, '')
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined }

/** Without what is not said. */
const compact = <T extends object>(rule: Loose<T>): T =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as T

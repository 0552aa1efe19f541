import type { Option } from '../../config/options.ts'
import { clientCommand, type Calling } from '../client-command.ts'
import { count, text, toggle } from '../client-options.ts'
import { say } from '../terminal.ts'
import { persistently } from './persistence.ts'

const WAIT = 25
const PATIENCE = 40_000
const LINES = 50
/** Where everything that is kept is wanted, the server gives so many at once. */
const LINES_IN_FULL = 10
const MOST_IN_FULL = 50

interface Logged {
  readonly TIME: string
  readonly ID: string
  readonly METHOD: string
  readonly STATUS: number
  readonly ERROR: string
  readonly DURATION: number
  readonly STAGES: Readonly<Record<string, number>>
  /** Servers before this one tell none. */
  readonly STATEMENTS?: number
  readonly CREDENTIAL: string
  readonly ADDRESS: string
  /** With --details. */
  readonly DETAILS?: 'Y' | 'N'
  readonly VERB?: string
  readonly PATH?: string
  readonly CONTENT_TYPE?: string
  readonly USER_AGENT?: string
  readonly PARAMETERS?: unknown
  readonly ANSWER?: unknown
  readonly [column: string]: unknown
}

interface Answer {
  readonly SERVER: string
  readonly LAST: number
  readonly REQUESTS: readonly Logged[]
}

interface Given {
  readonly method: string | undefined
  readonly status: string | undefined
  readonly errors: boolean
  readonly details: boolean
  readonly follow: boolean
  readonly lines: number | undefined
}

const status: Option<string | undefined> = {
  ...text('status', 'code', 'Only those with this HTTP status: 400, or 4xx for all from 400 to 499'),
  expected: 'three digits, or x in their places',
  parse: (given) => (/^[1-5][\dx]{2}$/i.test(given) ? given : undefined),
}

export const logsTail = clientCommand<Given>({
  name: 'logs tail',
  about: 'Show the last requests of a running server: who called what, how it went, how long it took and its SQL count',
  options: {
    method: text('method', 'pattern', 'Only of these methods; * stands for any text: crm.*'),
    status,
    errors: toggle('errors', 'Only what was refused or failed'),
    details: toggle('details', 'With the exact request, its stages and the answer, as far as the server keeps them'),
    follow: toggle('follow', 'Go on with what comes', 'f'),
    lines: {
      ...count('lines', 'number', 'How many of the last ones; with --details, 10 and at most 50'),
      short: 'n',
      standard: String(LINES),
    },
  },
  examples: [
    'logs tail -f',
    "logs tail --method 'crm.*' --status 4xx",
    'logs tail --errors -n 200 -o csv',
    'logs tail --method crm.lead.add --details -n 1',
  ],
  async run(calling, given) {
    const { client, output, signal } = calling
    const { follow, details } = given
    const lines = details ? Math.min(given.lines ?? LINES_IN_FULL, MOST_IN_FULL) : (given.lines ?? LINES)
    const wanted = {
      ...(given.method === undefined ? {} : { method: given.method }),
      ...(given.status === undefined ? {} : { status: given.status }),
      ...(given.errors ? { errors: 'Y' as const } : {}),
      ...(details ? { full: 'Y' as const } : {}),
    }
    const ask = async (more: object): Promise<Answer> =>
      (await client.call('portico.log.list', { ...wanted, ...more }, { signal, timeout: PATIENCE })) as Answer
    const first = await ask({ limit: lines })
    if (!follow && output.format !== 'table') return output.rows(first.REQUESTS)
    show(calling, first)
    if (details && first.REQUESTS.some(({ DETAILS }) => DETAILS === 'N'))
      output.note(
        'Exact requests are kept while an administrator wants it: portico call portico.log.keep -F minutes=15',
      )
    const seen = { [first.SERVER]: first.LAST }
    if (!follow) return
    for (;;) {
      const answer = await persistently(calling, () => ask({ after: seen, limit: 1_000, wait: WAIT }))
      if (seen[answer.SERVER] === undefined) output.note(`The requests of another server: ${answer.SERVER}`)
      seen[answer.SERVER] = answer.LAST
      show(calling, answer)
    }
  },
})

function show({ output, program }: Calling, { REQUESTS: requests }: Answer): void {
  for (const each of requests) {
    if (output.format !== 'table') say(JSON.stringify(each), program.stdout)
    else {
      say(lineOf(each), program.stdout)
      if (each.DETAILS !== undefined) for (const line of detailLines(each)) say(`    ${line}`, program.stdout)
    }
  }
}

const lineOf = ({ TIME, STATUS, METHOD, DURATION, STATEMENTS, CREDENTIAL, ADDRESS, ERROR }: Logged): string =>
  [
    new Date(TIME).toTimeString().slice(0, 8),
    STATUS,
    METHOD.padEnd(28),
    `${DURATION.toFixed(1)} ms`.padStart(10),
    `${STATEMENTS ?? '?'} SQL`.padStart(8),
    CREDENTIAL.padEnd(12),
    ADDRESS,
    ERROR,
  ]
    .join('  ')
    .trimEnd()

/** What is kept of a request, for people; whoever computes with it has -o json. */
function* detailLines(request: Logged): Generator<string> {
  const { ID, STAGES, DETAILS, VERB = '', PATH = '', CONTENT_TYPE = '', USER_AGENT = '' } = request
  const stages = Object.entries(STAGES).map(([stage, milliseconds]) => `${stage} ${milliseconds} ms`)
  yield [`id ${ID}`, ...stages].join(' · ')
  if (DETAILS !== 'Y') return yield 'the exact request was not kept'
  const sent = [`${VERB} ${PATH}`.trim(), CONTENT_TYPE, USER_AGENT].filter((each) => each !== '')
  if (sent.length > 0) yield sent.join(' · ')
  yield* jsonLines('parameters', request.PARAMETERS)
  yield* jsonLines('answer', request.ANSWER)
}

const jsonLines = (title: string, value: unknown): string[] => `${title} ${JSON.stringify(value, null, 2)}`.split('\n')

import type { Option } from '../../config/options.ts'
import { clientCommand, type Calling } from '../client-command.ts'
import { count, text, toggle } from '../client-options.ts'
import { say } from '../terminal.ts'
import { persistently } from './persistence.ts'

const WAIT = 25
const PATIENCE = 40_000
const LINES = 50

interface Logged {
  readonly TIME: string
  readonly METHOD: string
  readonly STATUS: number
  readonly ERROR: string
  readonly DURATION: number
  readonly CREDENTIAL: string
  readonly ADDRESS: string
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
  about: 'Show the last requests of a running server: who called what, how it went and how long it took',
  options: {
    method: text('method', 'pattern', 'Only of these methods; * stands for any text: crm.*'),
    status,
    errors: toggle('errors', 'Only what was refused or failed'),
    follow: toggle('follow', 'Go on with what comes', 'f'),
    lines: { ...count('lines', 'number', 'How many of the last ones'), short: 'n', standard: String(LINES) },
  },
  examples: ['logs tail -f', "logs tail --method 'crm.*' --status 4xx", 'logs tail --errors -n 200 -o csv'],
  async run(calling, given) {
    const { client, output, signal } = calling
    const { follow, lines = LINES } = given
    const wanted = {
      ...(given.method === undefined ? {} : { method: given.method }),
      ...(given.status === undefined ? {} : { status: given.status }),
      ...(given.errors ? { errors: 'Y' as const } : {}),
    }
    const ask = async (more: object): Promise<Answer> =>
      (await client.call('portico.log.list', { ...wanted, ...more }, { signal, timeout: PATIENCE })) as Answer
    const first = await ask({ limit: lines })
    if (!follow && output.format !== 'table') return output.rows(first.REQUESTS)
    show(calling, first)
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
  for (const each of requests) say(output.format === 'table' ? lineOf(each) : JSON.stringify(each), program.stdout)
}

const lineOf = ({ TIME, STATUS, METHOD, DURATION, CREDENTIAL, ADDRESS, ERROR }: Logged): string =>
  [
    new Date(TIME).toTimeString().slice(0, 8),
    STATUS,
    METHOD.padEnd(28),
    `${DURATION.toFixed(1)} ms`.padStart(10),
    CREDENTIAL.padEnd(12),
    ADDRESS,
    ERROR,
  ]
    .join('  ')
    .trimEnd()

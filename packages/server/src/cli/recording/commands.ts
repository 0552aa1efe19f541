import { port as portOf } from '../../config/values.ts'
import { type Option, type OptionTable, readOptions } from '../../config/options.ts'
import { type OutputOptions, outputOptions, text, toggle } from '../client-options.ts'
import type { Command, Program } from '../command.ts'

const plain = { env: null, secret: false, standard: '' }

/** What both servers take. */
export interface PortValues {
  readonly port: number
  readonly httpsPort: number | null
}

const ports: OptionTable<PortValues> = {
  port: {
    ...plain,
    flag: 'port',
    placeholder: 'number',
    standard: 'any free one',
    about: 'Port for HTTP, on this machine alone',
    expected: 'a port from 0 to 65535',
    initial: () => 0,
    parse: portOf,
  },
  httpsPort: {
    ...plain,
    flag: 'https-port',
    placeholder: 'number|off',
    standard: 'any free one',
    about: 'Port for HTTPS with a local CA, as b24jssdk asks for',
    expected: 'a port from 0 to 65535, or off',
    initial: () => 0,
    parse: (given) => (given === 'off' ? null : portOf(given)),
  },
}

export interface RecordValues extends PortValues {
  readonly to: string | undefined
  readonly out: string | undefined
  readonly append: boolean
  readonly force: boolean
  readonly code: string | undefined
  readonly ca: string | undefined
  readonly quiet: boolean
}

const webhookAddress: Option<string | undefined> = {
  ...text('to', 'url', 'The webhook of the portal that answers: https://PORTAL/rest/USER/CODE/'),
  env: 'PORTICO_RECORD_TO',
  secret: true,
}
const ca = text('ca', 'file', 'The authority that signed the certificate of the portal (PEM)')

const record: Command = command<RecordValues>({
  name: 'record',
  operands: [],
  about: 'Stand before a real portal and record what is said, without secrets and personal data',
  options: {
    to: webhookAddress,
    out: text('out', 'file', 'The recording (NDJSON)'),
    append: toggle('append', 'Go on with a recording that is there already'),
    force: toggle('force', 'Begin a recording anew that is there already'),
    ...ports,
    code: {
      ...text('code', 'code', 'The code of the webhook here; another one at every start without it'),
      expected: '4 to 64 letters and digits',
      parse: (given) => (/^[A-Za-z\d]{4,64}$/.test(given) ? given : undefined),
    },
    ca,
    quiet: toggle('quiet', 'Do not show requests as they come', 'q'),
  },
  examples: [
    'record --to https://example.bitrix24.com/rest/1/CODE/ --out orders.ndjson',
    'record --to https://example.bitrix24.com/rest/1/CODE/ --out orders.ndjson --append --port 8090',
  ],
  run: async (...given) => (await import('./run-record.ts')).runRecord(...given),
})

export interface ReplayValues extends PortValues {
  readonly any: readonly string[]
  readonly strict: boolean
  readonly quiet: boolean
}

const replay: Command = command<ReplayValues>({
  name: 'replay',
  operands: ['FILE'],
  about: 'Answer out of a recording, without any portal',
  options: {
    ...ports,
    any: {
      ...text('any', 'names', 'Parameters and fields whose values do not matter, with commas between them'),
      initial: () => [],
      parse: (given) =>
        given
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
    },
    strict: toggle('strict', 'End with code 1 where something was asked for that was never recorded'),
    quiet: toggle('quiet', 'Do not show requests as they come', 'q'),
  },
  examples: ['replay orders.ndjson --port 8090', 'replay orders.ndjson --strict --any DEADLINE,BEGINDATE'],
  run: async (...given) => (await import('./run-replay.ts')).runReplay(...given),
})

/** What an exit code tells of. */
export const failures = ['differences', 'incomparable', 'never'] as const

export interface FidelityValues extends OutputOptions {
  readonly to: string | undefined
  readonly memory: boolean
  readonly ca: string | undefined
  readonly failOn: (typeof failures)[number]
}

const fidelity: Command = command<FidelityValues>({
  name: 'fidelity',
  operands: ['FILE'],
  about: "Play a recording against Portico and report where its answers differ from the recorded portal's",
  options: {
    to: {
      ...text('to', 'url', 'The webhook of the portal that is compared; the recording is played, writes and all'),
      env: 'PORTICO_FIDELITY_TO',
      secret: true,
    },
    memory: toggle('memory', 'Compare a fresh Portico in memory, which is what happens without --to'),
    ca,
    failOn: {
      ...plain,
      flag: 'fail-on',
      placeholder: 'what',
      standard: 'never',
      about: `End with code 1 for ${failures.slice(0, -1).join(' or ')}`,
      expected: `one of ${failures.join(', ')}`,
      choices: failures,
      initial: () => 'never' as const,
      parse: (given) => failures.find((each) => each === given),
    },
    ...outputOptions,
  },
  examples: [
    'fidelity orders.ndjson',
    'fidelity orders.ndjson --fail-on differences -o json',
    'fidelity orders.ndjson --to http://localhost:8080/rest/1/CODE/',
  ],
  run: async (...given) => (await import('./run-fidelity.ts')).runFidelity(...given),
})

function command<C extends object>(given: {
  readonly name: string
  readonly operands: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  readonly examples: readonly string[]
  run(values: C, operands: readonly string[], program: Program): Promise<void>
}): Command {
  const { options, operands } = given
  return {
    ...given,
    options: options as Command['options'],
    async run(args, program) {
      const read = readOptions<C>(options, args, program.env, operands)
      await given.run(read.values, read.operands, program)
    },
  }
}

export const recordingCommands: readonly Command[] = [record, replay, fidelity]

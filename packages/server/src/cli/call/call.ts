import type { Answer } from 'portico-client'
import { ConfigError } from '../../config/options.ts'
import { type Calling, clientCommand } from '../client-command.ts'
import { count, text, texts, toggle } from '../client-options.ts'
import type { Command } from '../command.ts'
import { asRow } from '../output/cell.ts'
import { allRows } from './all-rows.ts'

interface CallOptions {
  readonly field: readonly string[]
  readonly rawField: readonly string[]
  readonly params: string | undefined
  readonly all: boolean
  readonly limit: number | undefined
  readonly batch: string | undefined
  readonly idempotencyKey: string | undefined
  readonly dryRun: boolean
}

/** `portico call METHOD`: any method by its name, its whole answer as JSON. */
export const call: Command = clientCommand<CallOptions>({
  name: 'call',
  operands: ['METHOD?'],
  about: 'Call any method by its name',
  failures: 'stdout',
  options: {
    field: texts(
      'field',
      'name=value',
      'A parameter; true, false, null and whole numbers are what they look like, @FILE is what it holds, @- stdin',
      'F',
    ),
    rawField: texts('raw-field', 'name=value', 'A parameter that is a text, whatever it looks like', 'f'),
    params: text('params', 'json|@file|-', 'Parameters as JSON; single ones are put on top'),
    all: toggle('all', 'Every row of a list, over all its pages'),
    limit: count('limit', 'number', 'No more rows than this, over as many pages as it takes'),
    batch: text('batch', 'file|-', 'A call for each line of JSON: {"method":…,"params":…}, or parameters of METHOD'),
    idempotencyKey: text('idempotency-key', 'key', 'Lets a Portico do this once, however often it is sent'),
    dryRun: toggle('dry-run', 'Show what would be sent, and send nothing'),
  },
  examples: [
    "call crm.lead.list -F 'filter[STATUS_ID]=NEW' -F 'select[]=ID' -F 'select[]=TITLE'",
    "call crm.lead.add -f 'fields[TITLE]=A lead' -F 'fields[OPPORTUNITY]=100'",
    'call crm.deal.list --params \'{"select":["ID","TITLE"]}\' --all -o csv',
    'call crm.contact.add --batch contacts.ndjson',
  ],
  async run(calling, options, [method]) {
    const { program, output } = calling
    if (options.batch !== undefined) {
      refuseBesideBatch(options)
      const { callBatch } = await import('./call-batch.ts')
      return callBatch(calling, { file: options.batch, method, isDry: options.dryRun })
    }
    if (method === undefined) throw new ConfigError('METHOD', null, 'METHOD is missing: portico methods lists them')
    const { paramsOf } = await import('./given-params.ts')
    const params = await paramsOf(options, program)
    if (options.dryRun) return output.value({ method, params })
    if (options.all || options.limit !== undefined)
      return calling.output.rows(allRows(calling, method, params, options.limit))
    const { idempotencyKey } = options
    const { client, signal } = calling
    await show(calling, await client.request(method, params, { signal, idempotencyKey }))
  },
})

function refuseBesideBatch({ field, rawField, params, all, limit, idempotencyKey }: CallOptions): void {
  const flags: [string, boolean][] = [
    ['--field', field.length > 0],
    ['--raw-field', rawField.length > 0],
    ['--params', params !== undefined],
    ['--all', all],
    ['--limit', limit !== undefined],
    ['--idempotency-key', idempotencyKey !== undefined],
  ]
  const [given] = flags.filter(([, isGiven]) => isGiven).map(([flag]) => flag)
  if (given !== undefined) throw new ConfigError(given, null, `${given} and --batch exclude each other`)
}

/** JSON shows the whole answer; where it is rows that are wanted, they are the rows of the result. */
async function show({ output }: Calling, { result, total, next, time }: Answer): Promise<void> {
  if (output.format === 'json' || output.format === 'ndjson') return output.value({ result, total, next, time })
  const rows = listIn(result)
  if (rows === undefined) return output.value(result)
  await output.rows(rows.map(asRow))
  if (total !== undefined && total > rows.length) output.note(`${rows.length} of ${total}; --all shows every one`)
}

/** A list, or the one list inside of a result: `items`, `categories`. */
function listIn(result: unknown): readonly unknown[] | undefined {
  if (Array.isArray(result)) return result
  const inner = typeof result === 'object' && result !== null ? Object.values(result) : []
  return inner.length === 1 && Array.isArray(inner[0]) ? inner[0] : undefined
}

import { nearest } from '../../config/nearest.ts'
import type { Program } from '../command.ts'
import { CommandError, remark, say } from '../terminal.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { isRead, type PortalFunction, type Values } from './function.ts'
import { findFunction, functionNames, regions } from './functions/index.ts'
import { functionHelp, tree } from './help.ts'
import type { Inputs } from './kinds.ts'
import { exitCodes, mistake } from './mistake.ts'
import { errorOf, printAnswer, printText } from './output.ts'
import { pretty } from './pretty.ts'
import { type Request, requestOf, tokenRequestOf, uploadOf } from './request.ts'
import { send, type Sending } from './transport.ts'

/** Runs `portico bitrix24 …`, from the function's name on. */
export async function run([name = '', ...line]: readonly string[], program: Program): Promise<void> {
  if (name === '' || name === '--help' || name === '-h') return say(tree(regions), program.stdout)
  const called = findFunction(name)
  if (called === undefined) throw unknownFunction(name)
  if (line.length === 0) return say(functionHelp(called), program.stdout)
  const given = readArguments(line, called.options)
  if (given.common.has('help')) return say(functionHelp(called), program.stdout)
  const values = await valuesOf(called, given.own, program)
  const out = given.common.get('out') ?? ''
  if ('run' in called) {
    const result = called.run(values)
    return printText(typeof result === 'string' ? result : pretty(JSON.stringify(result)), out, program)
  }
  await call(called, values, given.common, program)
}

async function call(
  called: Exclude<PortalFunction, { run: unknown }>,
  values: Values,
  common: Arguments['common'],
  program: Program,
): Promise<void> {
  const timeout = numberOf(common, 'timeout', 60, 1, 300)
  const retries = numberOf(common, 'retries', 5, 0, 9)
  const request = 'grant' in called ? tokenRequestOf(called, values) : requestOf(called, values)
  if (common.has('test')) return say(request.shown, program.stdout)
  const sending: Sending = {
    fetch: program.fetch ?? fetch,
    signal: program.signal,
    timeout: timeout * 1000,
    retries,
    tell: (text) => common.has('debug') && remark(text, program.stderr),
  }
  const exchange = (each: Request, repeats: boolean) => {
    sending.tell(each.shown)
    return send(each, sending, repeats)
  }
  const isRest = 'method' in called
  let answer = await exchange(request, isRest && isRead(called))
  if (isRest && called.finish !== undefined)
    answer = await called.finish(answer, values, (address, form) => exchange(uploadOf(address, form), false))
  printAnswer(answer, common.get('out') ?? '', program)
  const error = common.has('fail') ? errorOf(answer) : undefined
  if (error !== undefined) throw new CommandError(`the portal answered ${error}`, { exitCode: exitCodes.refused })
}

/** The values of a function's options, in the form in which they are sent. */
async function valuesOf(
  { options }: PortalFunction,
  given: ReadonlyMap<string, string>,
  { cwd, stdin }: Program,
): Promise<Values> {
  let isTaken = false
  const inputs: Inputs = {
    cwd,
    async stdin() {
      if (isTaken) throw mistake('standard input (-) can be read for one option only')
      isTaken = true
      const chunks: Buffer[] = []
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
      return Buffer.concat(chunks)
    },
  }
  const missing = Object.entries(options).filter(([name, { required }]) => required && !given.has(name))
  if (missing.length > 0)
    throw mistake(`${missing.map(([name]) => `--${name}`).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`)
  const values: Record<string, unknown> = {}
  for (const [name, { kind, standard }] of Object.entries(options)) {
    const text = given.get(name) ?? standard
    if (text !== undefined) values[name] = await kind.read(text, `--${name}`, inputs)
  }
  return values
}

function numberOf(
  common: Arguments['common'],
  name: 'timeout' | 'retries',
  standard: number,
  least: number,
  most: number,
): number {
  const text = common.get(name) ?? ''
  if (text === '') return standard
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw mistake(`--${name} "${text}" is refused: expected a whole number from ${least} to ${most}`)
}

function unknownFunction(name: string): CommandError {
  const meant = nearest(name, functionNames())
  const hint = meant === undefined ? 'portico bitrix24 lists them' : `did you mean ${meant}?`
  return new CommandError(`there is no function ${name}`, { exitCode: exitCodes.unknownFunction, hint })
}

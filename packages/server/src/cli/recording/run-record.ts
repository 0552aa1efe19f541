import { resolve } from 'node:path'
import { ConfigError } from '../../config/options.ts'
import type { Program } from '../command.ts'
import { certificate } from '../profiles/authority.ts'
import { remark, say } from '../terminal.ts'
import type { RecordValues } from './commands.ts'
import { record } from './record.ts'
import { certificatesOf, sayWhere, untilStopped } from './serving.ts'

export async function runRecord(values: RecordValues, _operands: readonly string[], program: Program): Promise<void> {
  const { to, out, append, force, code, port, httpsPort, quiet } = values
  if (to === undefined) throw new ConfigError('--to', null, '--to is missing: the webhook of the portal to record')
  if (out === undefined) throw new ConfigError('--out', null, '--out is missing: the file to record into')
  if (append && force) throw new ConfigError('--append', null, '--append and --force exclude each other')
  const recorder = await record({
    to,
    out: resolve(program.cwd, out),
    existing: append ? 'append' : force ? 'replace' : 'refuse',
    code: code ?? program.sources.token(16),
    port,
    httpsPort,
    certificates: certificatesOf(program),
    ca: values.ca === undefined ? undefined : certificate(resolve(program.cwd, values.ca)),
    onTrouble: (text) => remark(`warning: ${text}`, program.stderr),
    onExchange: ({ seq, method, status, ms }) => {
      if (!quiet) remark(`${String(seq).padStart(5)}  ${status}  ${method}  ${ms} ms`, program.stderr)
    },
  })
  say(`Recording into ${out}. Give your program this webhook; Ctrl-C ends it.`, program.stdout)
  sayWhere(program, recorder)
  await untilStopped(program)
  await recorder.close()
  say(
    `${recorder.count === 1 ? '1 exchange is' : `${recorder.count} exchanges are`} recorded in ${out}.`,
    program.stdout,
  )
}

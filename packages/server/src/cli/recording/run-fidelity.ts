import { resolve } from 'node:path'
import { loadConfig } from '../../config.ts'
import { ConfigError } from '../../config/options.ts'
import type { Program } from '../command.ts'
import type { Output } from '../output/output.ts'
import { outputOf } from '../output/from-options.ts'
import { fetchTrusting } from '../profiles/authority.ts'
import { CommandError, exit, say } from '../terminal.ts'
import type { FidelityValues } from './commands.ts'
import { compareRecording } from './fidelity/play.ts'
import type { FidelityReport } from './fidelity/report.ts'
import type { Target } from './fidelity/target.ts'
import { reportLines } from './fidelity/report-lines.ts'
import { readRecording } from './recording-file.ts'

export async function runFidelity(
  values: FidelityValues,
  [file = '']: readonly string[],
  program: Program,
): Promise<void> {
  const { to, memory, ca, failOn } = values
  if (to !== undefined && memory) throw new ConfigError('--memory', null, '--memory and --to exclude each other')
  const output = outputOf(program, values)
  const recording = await readRecording(resolve(program.cwd, file))
  const progress = output.progress('Playing', recording.exchanges.length)
  const opened = to === undefined ? await inMemory(program) : undefined
  try {
    const portal: Target = opened?.target ?? {
      hook: to ?? '',
      ...(ca === undefined ? {} : { fetch: fetchTrusting(resolve(program.cwd, ca)) }),
    }
    const report = await compareRecording({
      recording,
      portal,
      onProgress: () => progress.tick(),
      signal: program.signal,
    })
    progress.done()
    await show(report, output, program)
    requireNone(report, failOn)
  } finally {
    progress.done()
    await opened?.close()
  }
}

/** A Portico of its own, at the times of the recording. */
async function inMemory(program: Program): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const clock: { at: number | undefined } = { at: undefined }
  const server = await program.start(
    { ...loadConfig([], {}), memory: true, port: 0, httpsPort: null, mcp: 'off', logLevel: 'silent' },
    {
      sources: { ...program.sources, now: () => clock.at ?? program.sources.now() },
      log: { error: () => {}, warn: () => {}, info: () => {} },
      administrator: { email: 'admin@example.com', password: program.sources.token(20) },
    },
  )
  const session = server.portal.store.session()
  const code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'fidelity' })
  await session.settled()
  return {
    target: { hook: `${server.httpUrl}/rest/1/${code}/`, setClock: (at) => void (clock.at = at) },
    close: () => server.close(),
  }
}

async function show(report: FidelityReport, output: Output, program: Program): Promise<void> {
  switch (output.format) {
    case 'table':
      for (const line of reportLines(report)) say(line, program.stdout)
      return
    case 'json':
      return output.value(report)
    default:
      return output.rows(report.methods.map((each) => ({ ...each })))
  }
}

function requireNone({ different, incomparable }: FidelityReport, failOn: FidelityValues['failOn']): void {
  if (failOn !== 'never' && different > 0)
    throw new CommandError(
      different === 1 ? '1 call differs from the recording' : `${different} calls differ from the recording`,
      { exitCode: exit.failure },
    )
  if (failOn === 'incomparable' && incomparable > 0)
    throw new CommandError(`${incomparable === 1 ? '1 call' : `${incomparable} calls`} cannot be compared`, {
      exitCode: exit.failure,
    })
}

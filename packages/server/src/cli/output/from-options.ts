import { ConfigError } from '../../config/options.ts'
import type { OutputOptions } from '../client-options.ts'
import type { Program } from '../command.ts'
import { Output } from './output.ts'

/**
 * The output that options ask for.
 * @throws {ConfigError} for two formats at once
 */
export function outputOf(program: Program, { output, json, color }: OutputOptions): Output {
  if (json && output !== undefined && output !== 'json')
    throw new ConfigError('--json', null, `--json and --output ${output} exclude each other`)
  return new Output(program, { format: json ? 'json' : output, color })
}

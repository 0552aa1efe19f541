import type { OutputOptions } from './client-options.ts'
import type { Program } from './command.ts'
import { say } from './terminal.ts'

/**
 * Writes a short list: as columns of text, also into a pipe, as ever; and in any other shape when that is asked for.
 * @param rows all with the same keys, in the order of the columns
 */
export async function sayList(
  program: Program,
  options: OutputOptions,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number | boolean>>[],
): Promise<void> {
  if (options.output !== undefined || options.json) {
    const { outputOf } = await import('./output/from-options.ts')
    return outputOf(program, options).rows(rows, columns)
  }
  const shown = (value: string | number | boolean | undefined): string =>
    value === true ? 'yes' : value === false ? 'no' : String(value ?? '') || '-'
  const lines = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))]
  const widths = columns.map((_column, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  for (const line of lines)
    say(
      line.map((cell, index) => (index === columns.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  '),
      program.stdout,
    )
}

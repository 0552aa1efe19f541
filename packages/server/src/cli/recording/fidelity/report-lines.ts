import type { Difference, FidelityReport, Incomparable } from './report.ts'

/** The report for people: a summary, a table of the methods, and what differs. */
export function reportLines(report: FidelityReport): string[] {
  const { calls, same, different, incomparable, fidelity, methods, differences, notCompared } = report
  return [
    `Fidelity ${fidelity === null ? 'unknown' : `${fidelity} %`}: of ${calls} calls ${same} are answered alike, ${different} differ, ${incomparable} cannot be compared.`,
    '',
    ...table(
      ['METHOD', 'CALLS', 'SAME', 'DIFFERENT', 'NOT COMPARABLE'],
      methods.map((each) => [
        each.method,
        ...[each.calls, each.same, each.different, each.incomparable].map((count) => String(count)),
      ]),
    ),
    ...section('Differences', grouped(differences, differenceLine)),
    ...section('Not comparable', grouped(notCompared, incomparableLine)),
  ]
}

const words: Readonly<Record<Difference['kind'], (there: string, here: string) => string>> = {
  missing: (there) => `missing here (${there} there)`,
  extra: (_there, here) => `only here (${here})`,
  type: (there, here) => `${there} there, ${here} here`,
  format: (there, here) => `${there} there, ${here} here`,
  rows: (there, here) => `${there} there, ${here} here`,
  code: (there, here) => `${there} there, ${here} here`,
  status: (there, here) => `${there} there, ${here} here`,
}

const differenceLine = ({ method, path, kind, recorded, own }: Difference): string =>
  `${method}  ${path === '' ? 'answer' : path}: ${words[kind](recorded, own)}`

const incomparableLine = ({ method, path, why, text }: Incomparable): string =>
  `${method}  ${path === '' ? why : `${why}, ${path}`}: ${text}`

/** The same of several requests is told once. */
function grouped<T extends { readonly seq: number }>(list: readonly T[], line: (each: T) => string): string[] {
  const groups = new Map<string, number[]>()
  for (const each of list) {
    const text = line(each)
    const known = groups.get(text)
    if (known === undefined) groups.set(text, [each.seq])
    else known.push(each.seq)
  }
  return [...groups].map(([text, numbers]) => `  ${text}  (${requests([...new Set(numbers)])})`)
}

const requests = (numbers: readonly number[]): string =>
  numbers.length === 1
    ? `request ${numbers[0]}`
    : numbers.length <= 5
      ? `requests ${numbers.join(', ')}`
      : `requests ${numbers.slice(0, 4).join(', ')} and ${numbers.length - 4} more`

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines]

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_name, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

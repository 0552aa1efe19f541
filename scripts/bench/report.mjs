// Results as a table in Markdown: readable in a terminal, and ready for docs/benchmarks.md.

/** @param {string[]} head @param {string[][]} body */
export function table(head, body) {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

/** One row for a line that has a floor. */
export const lineHead = [
  'line',
  'Portico',
  'p50 / p99',
  'CPU',
  'RSS',
  'floor',
  'p50 / p99',
  'CPU',
  'RSS',
  'ratio',
  'target',
]
export const lineRow = ({ name, target, portico, floor }) => [
  name,
  ...measured(portico),
  ...measured(floor),
  (portico.rate / floor.rate).toFixed(2),
  verdict(`≥ ${target}`, portico.rate / floor.rate >= target),
]

/** One row for a figure that has none. */
export const figureHead = ['figure', 'measured', 'target']
export const figureRow = ({ name, text, target, good }) => [name, text, target === '' ? '' : verdict(target, good)]

const measured = ({ rate, p50, p99, cpu, rss }) => [
  `${rate.toFixed(rate < 100 ? 1 : 0)}/s`,
  `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`,
  `${cpu.toFixed(0)} µs`,
  `${rss.toFixed(0)} MiB`,
]

const verdict = (target, good) => `${target}${good ? '' : '  MISSED'}`

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]

/** The turns of one subject as one: medians of each figure. */
export const merged = (turns) =>
  Object.fromEntries(Object.keys(turns[0]).map((key) => [key, median(turns.map((turn) => turn[key]))]))

import type { Seeing } from './seeing.ts'

const MOST_METHODS = 15

/** What a test run can print at its end: what was called, what went wrong, and what would hurt in production. */
export function report(seeing: Seeing): string {
  const calls = seeing.calls.find({ isOwn: false })
  const failed = calls.filter(({ error }) => error !== null)
  const statements = calls.reduce((sum, call) => sum + (call.isNested ? 0 : call.statements), 0)
  const lines = [
    `${count(calls.length, 'call')} in ${count(seeing.requests, 'request')}, ${count(failed.length, 'error')}, ${count(statements, 'SQL statement')}`,
  ]
  if (seeing.calls.forgotten > 0) lines.push(`${count(seeing.calls.forgotten, 'earlier call')} forgotten`)
  const methods = new Map<string, { calls: number; errors: number }>()
  for (const { method, error } of calls) {
    const known = methods.get(method) ?? { calls: 0, errors: 0 }
    methods.set(method, { calls: known.calls + 1, errors: known.errors + (error === null ? 0 : 1) })
  }
  const sorted = [...methods].toSorted(([a, one], [b, other]) => other.calls - one.calls || (a < b ? -1 : 1))
  for (const [method, { calls: times, errors }] of sorted.slice(0, MOST_METHODS))
    lines.push(`  ${String(times).padStart(5)}  ${method}${errors === 0 ? '' : `  (${count(errors, 'error')})`}`)
  if (sorted.length > MOST_METHODS) lines.push(`         and ${count(sorted.length - MOST_METHODS, 'method')} more`)
  const warnings = seeing.warnings()
  lines.push('', warnings.length === 0 ? 'no warnings' : count(warnings.length, 'warning'))
  for (const { code, count: times, text, docs, first } of warnings) {
    lines.push(`  ${code} × ${times}: ${text}`)
    lines.push(`    first: call ${first.number}, ${first.method}, request ${first.requestId}`, `    ${docs}`)
  }
  return `${lines.join('\n')}\n`
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

import { expect, test } from 'vitest'
import { tally } from '../lib/tally.mjs'

/** One test file of a report, with the states of its tests. */
function file(status, ...states) {
  return { status, assertionResults: states.map((state) => ({ status: state })) }
}

test('tests are summed over files, and everything that did not run is skipped', () => {
  const testResults = [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending', 'todo', 'skipped')]
  expect(tally({ testResults }, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 })
})

test('a file that does not load counts as one failure', () => {
  expect(tally({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 })
})

test('an error outside every test counts as one failure', () => {
  expect(tally({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 })
})

test.each([
  ['no tests', { testResults: [] }, 0],
  ['only skipped tests', { testResults: [file('passed', 'skipped')] }, 0],
  ['no report', undefined, 0],
  ['a run ended by a signal', { testResults: [file('passed', 'passed')] }, null],
])('%s: a failure', (_, report, exitCode) => {
  expect(tally(report, exitCode).failed).toBe(1)
})

/**
 * Counts the tests of a vitest JSON report, over all its projects. What is wrong without being a failed test counts as
 * one: a file that does not load, an error outside any test, a run of no tests, a run that left no report.
 * @param {object | undefined} report what the JSON reporter wrote
 * @param {number | null} exitCode vitest's, null when a signal ended it
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function tally(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report?.testResults ?? []) {
    const failedBefore = counts.failed
    for (const { status } of file.assertionResults) counts[status in counts ? status : 'skipped']++
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed++
  }
  const nothingRan = counts.passed + counts.failed === 0
  if (counts.failed === 0 && (nothingRan || exitCode !== 0)) counts.failed = 1
  return counts
}

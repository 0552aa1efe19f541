import { afterEach, beforeEach, expect } from 'vitest'
import type { Answer, TestPortal } from './portal.ts'

/** No answer may show how the server is made, or what it keeps to itself. */
export function expectDiscreet({ text }: Answer): void {
  expect(text).not.toMatch(/node_modules|at .+:\d+:\d+|\.ts\b|SQLITE|syntax error|relation "/i)
}

export function expectError(answer: Answer, status: number, error: string, text?: string): void {
  expect({ status: answer.status, ...answer.body }).toEqual({
    status,
    error,
    error_description: text ?? expect.any(String),
  })
  expectDiscreet(answer)
}

/**
 * After each test of the file, every table has as many rows as before it. Answers with a function for the tests that
 * change something on purpose.
 */
export function unchanged(portal: TestPortal): () => Promise<void> {
  let before: Record<string, number>
  const count = async (): Promise<void> => {
    before = await portal.census()
  }
  beforeEach(count)
  afterEach(async () => expect(await portal.census()).toEqual(before))
  return count
}

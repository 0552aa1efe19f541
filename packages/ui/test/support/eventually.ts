import { expect, vi } from 'vitest'

/** Machines that run journeys are busy: what is to come may take its time. */
const PATIENCE = { timeout: 20_000, interval: 60 }

interface Eventually {
  toBe(expected: unknown): Promise<void>
  toEqual(expected: unknown): Promise<void>
  toContain(expected: unknown): Promise<void>
  notToContain(expected: unknown): Promise<void>
  toHaveLength(expected: number): Promise<void>
  toMatch(expected: RegExp): Promise<void>
  toBeGreaterThan(expected: number): Promise<void>
}

/** What holds in the end, asked for again and again. */
export function eventually(what: () => unknown): Eventually {
  const until = (check: (value: unknown) => void): Promise<void> =>
    vi.waitFor(async () => check(await what()), PATIENCE)
  return {
    toBe: (expected) => until((value) => expect(value).toBe(expected)),
    toEqual: (expected) => until((value) => expect(value).toEqual(expected)),
    toContain: (expected) => until((value) => expect(value).toContain(expected)),
    notToContain: (expected) => until((value) => expect(value).not.toContain(expected)),
    toHaveLength: (expected) => until((value) => expect(value).toHaveLength(expected)),
    toMatch: (expected) => until((value) => expect(value).toMatch(expected)),
    toBeGreaterThan: (expected) => until((value) => expect(value).toBeGreaterThan(expected)),
  }
}

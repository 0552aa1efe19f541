import { expect } from 'vitest'
import type { TestPortal } from './portal.ts'

/** What batch answers: five maps, each of them a list where its keys are 0…n-1. */
export interface BatchMaps {
  result: any // eslint-disable-line typescript/no-explicit-any
  result_error: any // eslint-disable-line typescript/no-explicit-any
  result_total: any // eslint-disable-line typescript/no-explicit-any
  result_next: any // eslint-disable-line typescript/no-explicit-any
  result_time: any // eslint-disable-line typescript/no-explicit-any
}

/** Calls batch on this portal, which never fails as a whole. */
export const batchOn =
  (portal: TestPortal) =>
  async (cmd: unknown, halt?: unknown, options?: { as?: string }): Promise<BatchMaps> => {
    const parameters = halt === undefined ? { cmd } : { cmd, halt }
    const { status, body } = await portal.call('batch', parameters, options)
    expect(status).toBe(200)
    return body.result
  }

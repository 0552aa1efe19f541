import { expect } from 'vitest'
import type { TestPortal } from '../../support/portal.ts'

/** Calls a method as an SDK does and gives back `result`; fails, with the answer, when the call does. */
export function asking(portal: TestPortal, options: { token?: string } = {}) {
  // The wire's own shape: tests state what it shows.
  return async (method: string, parameters: object = {}): Promise<any> => {
    const { status, text, body } = await portal.call(method, parameters, options)
    expect(status, `${method} ${JSON.stringify(parameters)}: ${text}`).toBe(200)
    return body.result
  }
}

/** How many records a filter finds: the SDKs read `total` of a list. */
export function counting(portal: TestPortal) {
  return async (method: string, filter: object | [] = []): Promise<number> => {
    const { body } = await portal.call(method, { order: [], filter, select: ['ID'], start: 0 })
    return body.total ?? Number.NaN
  }
}

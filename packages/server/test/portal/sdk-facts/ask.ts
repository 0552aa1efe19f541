import { expect } from 'vitest'
import type { Answer, TestPortal } from '../../support/portal.ts'

/** Calls a method as an SDK does, with its `result` for the test to look into; fails, with the answer, when the call does. */
export function asking(portal: TestPortal, options: { token?: string } = {}) {
  return async (method: string, parameters: object = {}): Promise<Answer['body']['result']> => {
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

/** What the PHP SDK's error handler makes of an answer: lower case, and "not found" in the text of an empty code. */
export function dispatched(body: { error?: string | number; error_description?: string }): string {
  const code = String(body.error).trim().toLowerCase()
  const text = (body.error_description ?? '').trim().toLowerCase()
  if (code === '' && text.includes('not found')) return 'error_not_found'
  return code
}

/** The codes that the PHP SDK's ItemNotFoundException is thrown for. */
export const NOT_FOUND = ['error_not_found', 'not_found']

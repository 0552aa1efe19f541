import { accessToken } from './documented-clients.ts'
import type { TestPortal } from './portal.ts'

const tokens = new WeakMap<TestPortal, Promise<string>>()

/** The token of one application of the portal, the same at every call: applications see only what is their own. */
export function applicationToken(portal: TestPortal): Promise<string> {
  let token = tokens.get(portal)
  if (token === undefined) tokens.set(portal, (token = accessToken(portal, { scope: '*' })))
  return token
}

import { grantableScopes } from '../../src/auth/scopes.ts'
import { applicationKey } from '../../src/records/applications.ts'
import { localApplication } from './local-application.ts'
import type { TestPortal } from './portal.ts'

interface Made {
  readonly token: string
  /** How rows that it has made name it. */
  readonly key: string
}

const made = new WeakMap<TestPortal, Promise<Made>>()

function theOne(portal: TestPortal): Promise<Made> {
  let one = made.get(portal)
  if (one === undefined) made.set(portal, (one = make(portal)))
  return one
}

async function make(portal: TestPortal): Promise<Made> {
  const app = await localApplication(portal, { title: 'Application of the tests', scopes: grantableScopes })
  return { token: await app.token(), key: applicationKey(app.application) }
}

/** The token of one application of the portal, the same at every call: applications see only what is their own. */
export const applicationToken = async (portal: TestPortal): Promise<string> => (await theOne(portal)).token
export const applicationKeyOf = async (portal: TestPortal): Promise<string> => (await theOne(portal)).key

import type { AddressInfo } from 'node:net'
import type { TestPortal } from './portal.ts'

/** Lets a portal answer on a port of this machine; it stops with the portal. */
export async function listening(portal: TestPortal): Promise<{
  /** `http://127.0.0.1:1234` */
  readonly origin: string
  /** The administrator's webhook, with a slash at its end. */
  readonly hook: string
}> {
  await portal.app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(portal.app.server.address() as AddressInfo).port}`
  return { origin, hook: `${origin}/rest/1/${portal.code}/` }
}

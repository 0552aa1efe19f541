import { createHmac } from 'node:crypto'
import type { Reader } from '../store/store.ts'
import type { Portal } from './context.ts'

/** What an application is told of where the portal answers (settings/oauth/index.md). */
export interface Endpoints {
  /** The host, with its port unless that is the scheme's own. */
  readonly domain: string
  /** `1` for https, `0` for http. */
  readonly protocol: 0 | 1
  readonly client_endpoint: string
  /** Portal and authorisation server are one host. */
  readonly server_endpoint: string
}

/** @param origin `https://crm.example.com`; 80 and 443 never appear in it, as URL leaves them out */
export function endpointsOf(origin: string): Endpoints {
  const url = new URL(origin)
  const rest = `${url.origin}/rest/`
  return { domain: url.host, protocol: url.protocol === 'https:' ? 1 : 0, client_endpoint: rest, server_endpoint: rest }
}

/** Where others reach the portal, for what is sent without a request: as configured, else where the server listens. */
export const originOf = (portal: Pick<Portal, 'publicUrl' | 'listening'>): string =>
  portal.publicUrl ?? portal.listening.origin

/** Texts that only this portal can make, always the same for the same purpose: 32 lower-case hexadecimal digits. */
export async function portalSecret(portal: Pick<Portal, 'settings'>, reader: Reader, purpose: string): Promise<string> {
  const key = await portal.settings.get(reader, 'link.key')
  if (key === undefined) throw new Error('the portal has no key')
  return createHmac('sha256', key).update(purpose).digest('hex').slice(0, 32)
}

/** `member_id`: names the portal to applications, for as long as it lives. */
export const memberId = (portal: Pick<Portal, 'settings'>, reader: Reader): Promise<string> =>
  portalSecret(portal, reader, 'member')

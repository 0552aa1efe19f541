import { readFileSync } from 'node:fs'
import { greenPixel } from '../portal/seeds/documented.ts'
import { curlArguments, filled, httpBuildQuery, runCurl } from './curl.ts'
import type { Answer, TestPortal } from './portal.ts'

export const address = 'portal.example.com'

export type Way = 'webhook' | 'oauth'
export const ways: readonly Way[] = ['webhook', 'oauth']

export type DocumentedCommand = 'crm.lead.add' | 'crm.contact.add' | 'crm.item.add.deal' | 'crm.item.add.smart-process'

/** An access token of a person, the administrator unless said otherwise, issued as an application's would be. */
export async function accessToken(portal: TestPortal, { userId = 1, scope = 'crm' } = {}): Promise<string> {
  const session = portal.portal.store.session()
  const token = await portal.credentials.createToken(session, { userId, scope, lifetime: 3600 })
  await session.settled()
  return token
}

/** Runs a documented cURL command, of which only the placeholders are replaced; also tells what it sent. */
export async function documentedCommand(
  portal: TestPortal,
  name: DocumentedCommand,
  way: Way,
): Promise<{ answer: Answer; sent: Record<string, unknown> }> {
  const file = new URL(`../portal/seeds/commands/${name}.${way}.sh`, import.meta.url)
  const command = filled(readFileSync(file, 'utf8'), {
    '**put_your_bitrix24_address**': address,
    '**put_your_user_id_here**': '1',
    '**put_your_webhook_here**': portal.code,
    '**put_access_token_here**': await accessToken(portal),
    '**put_photo_data_here**': greenPixel,
    '**put_comment_here**': 'A comment',
    'formatDate(monthAgo)': '2024-06-18',
    'formatDate(twelveDaysInAdvance)': '2024-07-30',
  })
  const given = curlArguments(command)
  const body = given[given.indexOf('-d') + 1] ?? ''
  return { answer: await runCurl(portal, given), sent: JSON.parse(body) as Record<string, unknown> }
}

/** As the JavaScript SDK sends it: JSON, a doubled slash with a token, and its tracking parameters. */
export async function asJavaScript(
  portal: TestPortal,
  method: string,
  parameters: Record<string, unknown>,
  way: Way,
): Promise<Answer> {
  const tracking = 'bx24_request_id=7d0f8a8e&bx24_sdk_ver=1.2.0&bx24_sdk_type=b24-js-sdk'
  const auth = way === 'oauth' ? { auth: await accessToken(portal) } : {}
  return portal.send({
    url: way === 'oauth' ? `/rest//${method}?${tracking}` : `/rest/1/${portal.code}/${method}?${tracking}`,
    headers: { host: address, accept: 'application/json, text/plain, */*', 'content-type': 'application/json' },
    body: JSON.stringify({ ...parameters, ...auth }),
  })
}

/** As the PHP samples' CRest sends it: a form of `http_build_query`, `.json` behind the method. */
export async function asPhp(
  portal: TestPortal,
  method: string,
  parameters: Record<string, unknown>,
  way: Way,
): Promise<Answer> {
  const auth = way === 'oauth' ? { auth: await accessToken(portal) } : {}
  return portal.send({
    url: way === 'oauth' ? `/rest/${method}.json` : `/rest/1/${portal.code}/${method}.json`,
    headers: { host: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: httpBuildQuery({ ...parameters, ...auth }),
  })
}

/** As OpenIntegrations sends it: the token first in the body, else the webhook in the address, nothing but JSON. */
export async function asOpenIntegrations(
  portal: TestPortal,
  method: string,
  parameters: Record<string, unknown>,
  way: Way,
): Promise<Answer> {
  const auth = way === 'oauth' ? { auth: await accessToken(portal) } : {}
  const body = JSON.stringify({ ...auth, ...parameters })
  return portal.send({
    url: way === 'oauth' ? `/rest/${method}` : `/rest/1/${portal.code}/${method}`,
    headers: {
      host: address,
      accept: '*/*',
      connection: 'keep-alive',
      'accept-charset': 'utf-8',
      'accept-encoding': 'gzip',
      // Without parameters it posts nothing at all and names no type.
      ...(body === '{}' ? { 'content-length': '0' } : { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(body === '{}' ? {} : { body }),
  })
}

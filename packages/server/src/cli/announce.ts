import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Started } from './command.ts'
import { say } from './terminal.ts'
import { requireUser } from './webhook.ts'

/** How long the token of the demo is good for, in seconds: a day of trying out. */
const DEMO_TOKEN = 86_400

/** The first start tells everything that is needed for a first call, secrets included, once; later ones only where. */
export async function announceStart(
  server: Started,
  config: Config,
  {
    tell = say,
    ...secrets
  }: { password: string; log?: string | undefined; tell?: ((text: string) => void) | undefined },
): Promise<void> {
  const code = await webhookOf(server, config)
  const text = config.output === 'text' ? await told(server, config, { ...secrets, code }) : undefined
  // Who reads that it is ready finds everything that belongs to its beginning.
  await server.begin?.()
  if (text !== undefined) return tell(text)
  const facts = startFacts(server, config, { ...secrets, code })
  tell(config.output === 'json' ? JSON.stringify(facts) : assignments(facts))
}

interface Secrets {
  readonly password: string
  /** Of the first webhook. */
  readonly code: string | undefined
  /** Path of the log of a process in the background. */
  readonly log?: string | undefined
}

async function told(server: Started, config: Config, { password, code, log }: Secrets): Promise<string> {
  const lines = [`Portico is ready at ${config.publicUrl ?? server.httpUrl}`]
  if (server.httpsUrl !== null) lines.push(`  HTTPS        ${server.httpsUrl}  (local CA: ${server.caPath})`)
  if (server.controlKey !== undefined) {
    // A generated key is told at every start: it is another one each time.
    const key = config.controlKey === null ? server.controlKey : '(the key that you gave)'
    lines.push(`  For tests    ${server.httpUrl}/_portico  ${key}`)
    if (!config.memory) lines.push('               whoever has the key may delete all that this portal holds')
  }
  if (log !== undefined) lines.push(`  Process      ${process.pid}  (log: ${log})`)
  if (server.isNew && code !== undefined) lines.push(...(await firstLines(server, config, { password, code })))
  // At once, so that whoever reads along gets all of it.
  return lines.join('\n')
}

/** Where the portal is and what opens it, under the names of environment variables. */
export function startFacts(
  { httpUrl, httpsUrl, caPath, controlKey, isNew }: Started,
  { webhook, adminEmail, publicUrl }: Pick<Config, 'webhook' | 'adminEmail' | 'publicUrl'>,
  { password, code, log }: Secrets,
): Record<string, string> {
  const facts: Record<string, string> = { PORTICO_URL: publicUrl ?? httpUrl }
  if (httpsUrl !== null) facts.PORTICO_HTTPS_URL = httpsUrl
  if (caPath !== null) facts.PORTICO_CA = resolve(caPath)
  if (code !== undefined) {
    const path = `/rest/${webhook?.userId ?? 1}/${code}/`
    facts.PORTICO_WEBHOOK = `${httpsUrl ?? httpUrl}${path}`
    facts.PORTICO_WEBHOOK_HTTP = `${httpUrl}${path}`
  }
  if (isNew) Object.assign(facts, { PORTICO_ADMIN_EMAIL: adminEmail, PORTICO_ADMIN_PASSWORD: password })
  if (controlKey !== undefined) {
    facts.PORTICO_CONTROL_URL = `${httpUrl}/_portico`
    facts.PORTICO_CONTROL_KEY = controlKey
  }
  facts.PORTICO_PID = String(process.pid)
  if (log !== undefined) facts.PORTICO_LOG = log
  return facts
}

/** For a shell; the last line says that nothing follows. */
const assignments = (facts: Readonly<Record<string, string>>): string =>
  [
    ...Object.entries(facts).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`),
    '# ready',
  ].join('\n')

async function firstLines(server: Started, config: Config, secrets: { password: string; code: string }) {
  const userId = config.webhook?.userId ?? 1
  const password = config.adminPassword === null ? secrets.password : '(the password that you gave)'
  return secretLines({
    origin: server.httpUrl,
    email: config.adminEmail,
    password,
    userId,
    code: secrets.code,
    more: config.demo ? await demoLines(server, userId, secrets.code) : [],
  })
}

/** What a new portal tells this once. */
export function secretLines(given: {
  readonly origin: string
  readonly email: string
  readonly password: string
  readonly userId: number
  readonly code: string
  readonly more?: readonly string[]
}): string[] {
  const hook = `${given.origin}/rest/${given.userId}/${given.code}/`
  const body = '{"fields":{"TITLE":"My first lead"}}'
  return [
    `  Sign-in      ${given.email}  ${given.password}`,
    `  Webhook      ${hook}`,
    `  Try it       curl '${hook}crm.lead.add' -H 'Content-Type: application/json' -d '${body}'`,
    ...(given.more ?? []),
    'These secrets are shown this once; only their hashes are stored.',
  ]
}

/** The webhook of the configuration, or the one that a new portal gets; undefined where there is nothing to show. */
async function webhookOf(server: Started, { webhook }: Config): Promise<string | undefined> {
  const { portal, credentials, isNew } = server
  const session = portal.store.session()
  let code: string | undefined
  if (webhook !== null) {
    await requireUser(server, webhook.userId, '--webhook or PORTICO_WEBHOOK')
    code = webhook.code
    await credentials.ensureWebhook(session, {
      userId: webhook.userId,
      scope: '*',
      title: 'From the configuration',
      code,
    })
  } else if (isNew) code = await credentials.createWebhook(session, { userId: 1, scope: '*', title: 'First webhook' })
  await session.settled()
  return code
}

/** What stands for the placeholders of the documentation's cURL lines, all of which work on the demo's records. */
async function demoLines(server: Started, userId: number, code: string): Promise<string[]> {
  const session = server.portal.store.session()
  const token = await server.credentials.createToken(session, { userId, scope: '*', lifetime: DEMO_TOKEN })
  await session.settled()
  const { httpUrl, httpsUrl, caPath } = server
  return [
    "  Demo         the documentation's cURL lines run as they stand, with these in their placeholders:",
    `    **put_your_bitrix24_address**  ${new URL(httpsUrl ?? httpUrl).host}`,
    `    **put_your_user_id_here**      ${userId}`,
    `    **put_your_webhook_here**      ${code}`,
    `    **put_access_token_here**      ${token}  (for a day)`,
    httpsUrl === null || caPath === null
      ? '    They say https://: without HTTPS here, write http:// instead.'
      : `    First let curl trust the local CA: export CURL_CA_BUNDLE='${resolve(caPath)}'`,
  ]
}

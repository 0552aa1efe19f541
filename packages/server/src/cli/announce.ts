import type { Credentials } from '../auth/credentials.ts'
import type { Config } from '../config.ts'
import type { Portal } from '../records/context.ts'

export interface Started {
  readonly portal: Portal
  readonly credentials: Credentials
  readonly isNew: boolean
  readonly httpUrl: string
  readonly httpsUrl: string | null
  readonly caPath: string | null
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The first start tells everything that is needed for a first call, secrets included, once; later ones only where. */
export async function announceStart(server: Started, config: Config, secrets: { password: string }): Promise<void> {
  const session = server.portal.store.session()
  const fixed = config.webhook
  let code: string | undefined
  if (fixed !== null) {
    await server.credentials.ensureWebhook(session, {
      userId: fixed.userId,
      scope: '*',
      title: 'From the configuration',
      code: fixed.code,
    })
    code = fixed.code
  } else if (server.isNew)
    code = await server.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'First webhook' })
  await session.settled()
  say(`Portico is ready at ${config.publicUrl ?? server.httpUrl}`)
  if (server.httpsUrl !== null) say(`  HTTPS        ${server.httpsUrl}  (local CA: ${server.caPath})`)
  if (!server.isNew) return
  const hook = `${server.httpUrl}/rest/${fixed?.userId ?? 1}/${code}/`
  say(
    `  Sign-in      ${config.adminEmail}  ${config.adminPassword === null ? secrets.password : '(the password that you gave)'}`,
  )
  say(`  Webhook      ${hook}`)
  say(
    `  Try it       curl '${hook}crm.lead.add' -H 'Content-Type: application/json' -d '{"fields":{"TITLE":"My first lead"}}'`,
  )
  say('These secrets are shown this once; only their hashes are stored.')
}

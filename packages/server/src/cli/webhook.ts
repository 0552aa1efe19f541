import { type Config, options as settings } from '../config.ts'
import { ConfigError } from '../config/options.ts'
import { outputOptions } from './client-options.ts'
import { type Command, type Opened, portalCommand } from './command.ts'
import { sayList } from './listed.ts'
import { idOf, scope, title, user } from './options.ts'
import { CommandError, remark, say } from './terminal.ts'

/** Nobody can hold a credential of somebody who isn't there. */
export async function requireUser({ portal }: Opened, id: number, option = '--user'): Promise<void> {
  const person = await portal.people.find(portal.store.session(), id)
  if (person?.active !== true) throw new CommandError(`there is no user ${id} (${option})`)
}

/** Where the server answers, as far as the settings of this shell tell. */
export function addressOf({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== null) return publicUrl
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

const create = portalCommand({
  name: 'webhook create',
  about: 'Make an inbound webhook and print its address, this once',
  options: { user, scope, title, publicUrl: settings.publicUrl, host: settings.host, port: settings.port },
  async run(opened, given, _operands, program) {
    await requireUser(opened, given.user)
    const session = opened.portal.store.session()
    const code = await opened.credentials.createWebhook(session, {
      userId: given.user,
      scope: given.scope,
      title: given.title,
    })
    await session.settled()
    say(`${addressOf(given)}/rest/${given.user}/${code}/`, program.stdout)
    remark('Keep it: only its hash is stored, so that it cannot be shown again.', program.stderr)
  },
})

const list = portalCommand({
  name: 'webhook list',
  about: 'Show all webhooks; their codes are not known any more',
  options: outputOptions,
  async run({ portal, credentials }, given, _operands, program) {
    const rows = await credentials.list(portal.store.session())
    const shown = rows.map((row) => ({
      ID: row.id,
      USER: row.user_id,
      SCOPE: row.scope,
      CREATED: new Date(row.created * 1000).toISOString().slice(0, 10),
      TITLE: row.title,
    }))
    await sayList(program, given, ['ID', 'USER', 'SCOPE', 'CREATED', 'TITLE'], shown)
  },
})

const revoke = portalCommand({
  name: 'webhook revoke',
  operands: ['ID'],
  about: 'Take a webhook back; a running server refuses it at once',
  options: {},
  async run({ portal, credentials }, _given, [text = ''], program) {
    const id = idOf(text)
    if (id === undefined) throw new ConfigError('ID', text, `ID "${text}" is refused: expected the id of a webhook`)
    const session = portal.store.session()
    const gone = await credentials.revokeWebhook(session, id)
    await session.settled()
    if (!gone) throw new CommandError(`there is no webhook ${id}`)
    remark(`Webhook ${id} is revoked.`, program.stderr)
  },
})

export const webhookCommands: readonly Command[] = [create, list, revoke]

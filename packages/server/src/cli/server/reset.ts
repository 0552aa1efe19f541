import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, options as settings } from '../../config.ts'
import type { OptionTable } from '../../config/options.ts'
import { audit } from '../../records/audit.ts'
import { dropTable } from '../../store/ddl.ts'
import { present } from '../../store/present.ts'
import { secretLines } from '../announce.ts'
import { toggle } from '../client-options.ts'
import { type Opened, openPlace } from '../command.ts'
import { CommandError, exit, say } from '../terminal.ts'
import { PASSWORD_LENGTH } from '../user.ts'
import { addressOf } from '../webhook.ts'
import { nameOf, placeCommand, refuseWhileServed } from './place-command.ts'

const asked = {
  adminEmail: settings.adminEmail,
  adminPassword: settings.adminPassword,
  webhook: settings.webhook,
  demo: settings.demo,
  timezone: settings.timezone,
  lang: settings.lang,
  publicUrl: settings.publicUrl,
  host: settings.host,
  port: settings.port,
}

interface Given extends Pick<Config, keyof typeof asked> {
  readonly yes: boolean
  readonly force: boolean
}

const options: OptionTable<Given> = {
  ...asked,
  yes: toggle('yes', 'Do not ask', 'y'),
  force: toggle('force', 'Also while a server runs there'),
}

export const reset = placeCommand<Given>({
  name: 'reset',
  about: 'Delete everything and make a fresh portal in its place; new secrets are shown, as at a first start',
  options,
  examples: ['reset', 'reset --yes --webhook 1/s3cretc0de --demo'],
  async run(working, given) {
    const { place, program, output, stored } = working
    await refuseWhileServed(working, given.force)
    const opened = await stored()
    let version: number
    try {
      if (!given.yes && !(await output.confirm(await questionOf(opened, nameOf(place)))))
        throw new CommandError('nothing is deleted', { exitCode: exit.interrupted })
      version = await empty(opened)
    } finally {
      await opened.close()
    }
    await rm(join(place.data, 'files'), { recursive: true, force: true })
    const password = given.adminPassword ?? program.sources.token(PASSWORD_LENGTH)
    const { demo, timezone, lang } = given
    const administrator = { email: given.adminEmail, password }
    const fresh = await openPlace(program, place, { demo, timezone, lang, administrator })
    try {
      const code = await begin(fresh, given, version)
      const shown = given.adminPassword === null ? password : '(the password that you gave)'
      const { userId } = given.webhook ?? { userId: 1 }
      say(`A fresh portal is in ${nameOf(place)}`, program.stdout)
      const lines = secretLines({ origin: addressOf(given), email: given.adminEmail, password: shown, userId, code })
      for (const line of lines) say(line, program.stdout)
    } finally {
      await fresh.close()
    }
  },
})

async function questionOf({ portal }: Opened, name: string): Promise<string> {
  const session = portal.store.session()
  const tables = ['crm_lead', 'crm_deal', 'crm_contact', 'crm_company']
  const records = await portal.store.total(session, tables)
  return `Everything in ${name} is deleted, ${records} leads, deals, contacts and companies among it. Go on?`
}

/** Loaded when it is wanted: the list of commands is read for every one of them. */
const sqlOfStore = () => import('../../store/sql.ts')

/** Answers with the highest version of what processes keep in memory. */
async function empty({ portal, tables }: Opened): Promise<number> {
  const { sql } = await sqlOfStore()
  const session = portal.store.session()
  const names = (await tables(session)).map(({ name }) => name)
  const version = await session.transaction(async (tx) => {
    const [row] = await tx.find<{ version: number | null }>(sql`select max(version) as version from cache_version`)
    const { columns } = await present(tx)
    await tx.define(names.filter((name) => columns.has(name)).map(dropTable))
    return Number(row?.version ?? 0)
  })
  await session.settled()
  return version
}

/** The first webhook. Servers that go on see that nothing which they know is as it was. */
async function begin({ portal, credentials }: Opened, { webhook }: Given, version: number): Promise<string> {
  const { sql } = await sqlOfStore()
  const session = portal.store.session()
  const given = { userId: webhook?.userId ?? 1, scope: '*', title: 'First webhook' }
  if ((await portal.people.find(session, given.userId)) === undefined)
    throw new CommandError(`there is no user ${given.userId} (--webhook)`)
  let code = webhook?.code
  if (code === undefined) code = await credentials.createWebhook(session, given)
  else await credentials.ensureWebhook(session, { ...given, code })
  await session.transaction(async (tx) => {
    await tx.change(sql`update cache_version set version = version + ${version + 1}`)
    const description = { by: 'operator' }
    await audit({ now: portal.sources.now() }, tx, {
      type: 'PORTAL_RESET',
      module: 'main',
      item: 'portal',
      description,
    })
  })
  await session.settled()
  return code
}

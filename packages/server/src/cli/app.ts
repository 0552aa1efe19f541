import type { Option } from '../config/options.ts'
import { ConfigError } from '../config/options.ts'
import { ApiError } from '../methods/errors.ts'
import type { Context } from '../records/context.ts'
import { type Command, type Opened, portalCommand } from './command.ts'
import { outputOptions } from './client-options.ts'
import { sayList } from './listed.ts'
import { idOf, user } from './options.ts'
import { CommandError, remark, say } from './terminal.ts'

const life = () => import('../modules/application/life.ts')

const text = (flag: string, placeholder: string, about: string): Option<string | undefined> => ({
  flag,
  env: null,
  secret: false,
  placeholder,
  standard: '',
  about,
  expected: 'a text',
  initial: () => undefined,
  parse: (given) => given,
})

const flag = (name: string, about: string): Option<boolean | undefined> => ({
  flag: name,
  env: null,
  secret: false,
  placeholder: '',
  standard: '0',
  about,
  expected: '1 or 0',
  initial: () => undefined,
  parse: (given) => ({ 1: true, true: true, 0: false, false: false })[given],
})

const who = { user: { ...user, about: 'The administrator in whose name it is done' } }
const fields = {
  ...who,
  title: text('title', 'text', 'Its name'),
  handler: text('handler', 'url', 'Where it opens, and where sign-ins lead'),
  installUrl: text('install-url', 'url', 'What is opened or called first'),
  scope: text('scope', 'a,b', 'The scopes that it opens, separated by commas'),
  scriptOnly: flag('script-only', 'It has no pages: it uses the API only'),
}

interface Fields {
  readonly title: string | undefined
  readonly handler: string | undefined
  readonly installUrl: string | undefined
  readonly scope: string | undefined
  readonly scriptOnly: boolean | undefined
}

const given = ({ title, handler, installUrl, scope, scriptOnly }: Fields) => ({
  title,
  handlerUrl: handler,
  installUrl,
  scopes: scope,
  scriptOnly,
})

/** Does something in the name of a person; what is refused is told in the words of the use case. */
async function inNameOf<T>(opened: Opened, userId: number, body: (context: Context) => Promise<T>): Promise<T> {
  const { portal } = opened
  const session = portal.store.session()
  const person = await portal.people.find(session, userId)
  if (person?.active !== true) throw new CommandError(`there is no user ${userId} (--user)`)
  try {
    const value = await body({ portal, session, person, now: portal.sources.now() })
    await session.settled()
    return value
  } catch (cause) {
    if (cause instanceof ApiError) throw new CommandError(cause.description)
    throw cause
  }
}

function wanted([operand = '']: readonly string[]): number {
  const id = idOf(operand)
  if (id === undefined)
    throw new ConfigError('ID', operand, `ID "${operand}" is refused: expected the id of an application`)
  return id
}

const add = portalCommand({
  name: 'app add',
  about: 'Add an application and print its client_id and client_secret, this once',
  options: fields,
  async run(opened, options, _operands, program) {
    const { addApplication } = await life()
    const { application, secret } = await inNameOf(opened, options.user, (context) =>
      addApplication(context, given(options)),
    )
    say(`id             ${application.id}`, program.stdout)
    say(`client_id      ${application.clientId}`, program.stdout)
    say(`client_secret  ${secret}`, program.stdout)
    remark('Keep the secret: only its hash is stored, so that it cannot be shown again.', program.stderr)
  },
})

const edit = portalCommand({
  name: 'app edit',
  operands: ['ID'],
  about: 'Change what is given of an application',
  options: fields,
  async run(opened, options, operands, program) {
    const id = wanted(operands)
    const { editApplication } = await life()
    const { version } = await inNameOf(opened, options.user, (context) => editApplication(context, id, given(options)))
    remark(`Application ${id} has version ${version}.`, program.stderr)
  },
})

const remove = portalCommand({
  name: 'app remove',
  operands: ['ID'],
  about: 'Take an application back with all that it has left here; its tokens end at once',
  options: { ...who, clean: flag('clean', 'Tell it to forget its own data, too') },
  async run(opened, { user: userId, clean }, operands, program) {
    const id = wanted(operands)
    const { removeApplication } = await life()
    await inNameOf(opened, userId, (context) => removeApplication(context, id, clean ?? false))
    remark(`Application ${id} is removed.`, program.stderr)
  },
})

const secret = portalCommand({
  name: 'app secret',
  operands: ['ID'],
  about: 'Give an application a new client_secret and print it, this once; the old one ends at once',
  options: who,
  async run(opened, { user: userId }, operands, program) {
    const id = wanted(operands)
    const { renewSecret } = await life()
    say(await inNameOf(opened, userId, (context) => renewSecret(context, id)), program.stdout)
    remark('Keep it: only its hash is stored, so that it cannot be shown again.', program.stderr)
  },
})

const finish = portalCommand({
  name: 'app finish',
  operands: ['ID'],
  about: 'Finish the installation of an application whose page cannot do so itself',
  options: who,
  async run(opened, { user: userId }, operands, program) {
    const id = wanted(operands)
    const { finishInstall } = await life()
    const finished = await inNameOf(opened, userId, (context) => finishInstall(context, id))
    remark(finished ? `Application ${id} is installed.` : `Application ${id} was installed before.`, program.stderr)
  },
})

const list = portalCommand({
  name: 'app list',
  about: 'Show all applications; their secrets are not known any more',
  options: outputOptions,
  async run({ portal }, given, _operands, program) {
    const all = await portal.applications.all(portal.store.session())
    const rows = [...all.values()].map((each) => ({
      ID: each.id,
      CLIENT_ID: each.clientId,
      SCOPE: each.scopes.join(','),
      VERSION: each.version,
      INSTALLED: each.installed,
      TITLE: each.title,
    }))
    await sayList(program, given, ['ID', 'CLIENT_ID', 'SCOPE', 'VERSION', 'INSTALLED', 'TITLE'], rows)
  },
})

export const appCommands: readonly Command[] = [add, list, edit, remove, secret, finish]

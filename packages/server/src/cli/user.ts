import { portalCommand } from './command.ts'
import { user } from './options.ts'
import { CommandError, remark, say } from './terminal.ts'

/** Letters and digits of a generated password: 103 bits. */
export const PASSWORD_LENGTH = 20

export const userPassword = portalCommand({
  name: 'user password',
  about: 'Give a person a new password and print it, this once',
  options: { user: { ...user, about: 'The person who gets it' } },
  async run({ portal }, given) {
    const password = portal.sources.token(PASSWORD_LENGTH)
    const session = portal.store.session()
    const { changePassword } = await import('../auth/password.ts')
    const found = await changePassword(session, given.user, password)
    await session.settled()
    if (!found) throw new CommandError(`there is no user ${given.user} (--user)`)
    say(password)
    remark(`User ${given.user} has this password from now on.`)
  },
})

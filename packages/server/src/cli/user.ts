import { portalCommand } from './command.ts'
import { user } from './options.ts'
import { CommandError, remark, say } from './terminal.ts'

/** Letters and digits of a generated password: 103 bits. */
export const PASSWORD_LENGTH = 20

const missing = (id: number): CommandError => new CommandError(`there is no user ${id} (--user)`)

export const userPassword = portalCommand({
  name: 'user password',
  about: 'Give a person a new password and print it, this once',
  options: { user: { ...user, about: 'The person who gets it' } },
  async run({ portal, sessions }, given, _operands, program) {
    const password = portal.sources.token(PASSWORD_LENGTH)
    const session = portal.store.session()
    const { givePassword } = await import('../modules/session/passwords.ts')
    const found = await givePassword({ portal, sessions, session }, { userId: given.user, password })
    await session.settled()
    if (!found) throw missing(given.user)
    say(password, program.stdout)
    remark(`User ${given.user} has this password from now on, and is signed out everywhere.`, program.stderr)
  },
})

export const userResetFactor = portalCommand({
  name: 'user reset-2fa',
  about: 'Let a person who has lost the second factor sign in with the password alone',
  options: { user: { ...user, about: 'The person who has lost it' } },
  async run({ portal, sessions }, given, _operands, program) {
    const session = portal.store.session()
    const { resetFactor } = await import('../modules/session/own-factor.ts')
    const was = await resetFactor({ portal, sessions, session }, given.user)
    await session.settled()
    if (was === undefined) throw missing(given.user)
    remark(
      was
        ? `User ${given.user} signs in with the password alone from now on, and is signed out everywhere.`
        : `User ${given.user} has no second factor.`,
      program.stderr,
    )
  },
})

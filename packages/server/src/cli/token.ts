import { portalCommand } from './command.ts'
import { lifetime, scope, user } from './options.ts'
import { remark, say } from './terminal.ts'
import { requireUser } from './webhook.ts'

export const tokenCreate = portalCommand({
  name: 'token create',
  about: 'Issue an OAuth access token and print it, this once',
  options: { user, scope, lifetime },
  async run(opened, given, _operands, program) {
    await requireUser(opened, given.user)
    const session = opened.portal.store.session()
    const token = await opened.credentials.createToken(session, {
      userId: given.user,
      scope: given.scope,
      lifetime: given.lifetime,
    })
    await session.settled()
    say(token, program.stdout)
    remark(`Good for ${given.lifetime} seconds, as "auth" or in the header "Authorization: Bearer …".`, program.stderr)
  },
})

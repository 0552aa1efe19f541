import { Refusal } from '../backend.ts'
import { withoutEmpty } from '../compact.ts'
import { answerOf, objectOf, type Tool } from '../tool.ts'

const currentUser: Tool = {
  name: 'current_user',
  title: 'Who am I',
  description:
    'Tells in whose name these tools act, whether as an administrator, with which scopes, on which portal, whether they may only read, and the time there.',
  input: objectOf({}),
  output: answerOf({ user: { type: 'object' }, portal: { type: 'string' }, readOnly: { type: 'boolean' } }, [
    'user',
    'portal',
    'readOnly',
  ]),
  effect: 'read',
  idempotent: true,
  async run(_args, { backend, readOnly, signal, touch }) {
    touch({ method: 'profile' })
    const options = { signal }
    const { result: profile } = await backend.call('profile', {}, options)
    const { result: scopes } = await backend.call('scope', {}, options)
    const { result: time } = await backend.call('server.time', {}, options)
    const full = await backend.call('user.current', {}, options).catch((cause: unknown) => {
      // A credential without the scope `user` still has a name.
      if (cause instanceof Refusal) return undefined
      throw cause
    })
    const { EMAIL, WORK_POSITION, UF_DEPARTMENT } = (full?.result ?? {}) as Record<string, unknown>
    const { ID, NAME, LAST_NAME, ADMIN, TIME_ZONE } = profile as Record<string, unknown>
    const name = [NAME, LAST_NAME].filter((part) => typeof part === 'string' && part !== '').join(' ')
    const more = withoutEmpty({
      email: EMAIL,
      position: WORK_POSITION,
      departments: UF_DEPARTMENT,
      timeZone: TIME_ZONE,
    })
    return {
      user: { id: Number(ID), name, administrator: ADMIN === true, ...more },
      portal: backend.portal,
      scopes,
      readOnly,
      time,
    }
  },
}

export const callerTools: readonly Tool[] = [currentUser]

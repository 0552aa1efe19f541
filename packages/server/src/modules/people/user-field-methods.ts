import { legacyError, legacyStyle } from '../../methods/errors.ts'
import { userFields } from '../../methods/families/user-fields.ts'
import { argument, type Call, type Method } from '../../methods/method.ts'
import { person } from '../person.ts'

/** One field has no method of its own: its settings are read in the list. */
const ofPeople = userFields('user', person.entityTypeId, {
  scope: 'user.userfield',
  taken: (detail) => `Field ${detail.replace(' for object USER', ' for USER object')} already exists`,
  missing: () => legacyStyle.accessDenied('read'),
}).filter(({ name }) => !name.endsWith('.get'))

const isId = (input: unknown): boolean =>
  (typeof input === 'number' || typeof input === 'string') && /^[1-9]\d{0,14}$/.test(String(input).trim())

/** All of these methods are for administrators, the list too (api-reference/user/userfields/index.md). */
function forAdministrators(each: Method): Method {
  const needsId = /\.(update|delete)$/.test(each.name)
  return {
    ...each,
    async run(call: Call) {
      if (!call.person.admin) throw legacyStyle.accessDenied('read')
      if (needsId && !isId(argument(call.raw, 'id'))) throw legacyError('ID is not defined or invalid')
      return each.run(call)
    },
  }
}

export const userFieldMethods = ofPeople.map(forAdministrators)

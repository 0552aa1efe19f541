import { isGranted, scopes } from '../auth/scopes.ts'
import { ApiError } from '../methods/errors.ts'
import { argument, type Call, method, type Method, take } from '../methods/method.ts'
import { formatDateTime } from '../schema/time.ts'
import { scalarOf, select } from '../store/entity-query.ts'
import { person } from './person.ts'

const isAvailable = (call: Call, { scope, orScopes }: Method): boolean =>
  isGranted(call.credential.scopes, scope, orScopes)

const scopesOf = ({ scope, orScopes = [] }: Method): readonly string[] => [
  ...(scope === null ? [] : typeof scope === 'string' ? [scope] : scope),
  ...orScopes,
]

const grantedScopes = (call: Call): string[] => [...(call.credential.scopes ?? scopes)].sort()

const profileFields = ['id', 'name', 'lastName', 'personalGender', 'timeZone', 'personalPhoto'].map((name) =>
  person.field(name),
)

/** Methods about the portal and the caller; none needs a scope (api-reference/common/system/index.md). */
export default [
  method({
    name: 'methods',
    scope: null,
    params: { full: take.flag, scope: take.text },
    run({ full, scope }, call) {
      // `scope=` without a value asks for the common methods, and is not the same as no `scope`.
      const chosen =
        scope !== undefined
          ? (each: Method) => (scope === '' ? each.scope === null : scopesOf(each).includes(scope))
          : (each: Method) => full || isAvailable(call, each)
      return call.methods.all.filter(chosen).map(({ name }) => name)
    },
  }),
  method({
    name: 'scope',
    scope: null,
    params: { full: take.flag },
    run: ({ full }, call) => (full ? [...scopes] : grantedScopes(call)),
  }),
  method({
    name: 'method.get',
    scope: null,
    params: {},
    run(_none, call) {
      const name = argument(call.raw, 'name')
      const found = typeof name === 'string' ? call.methods.find(name.trim()) : undefined
      return { isExisting: found !== undefined, isAvailable: found !== undefined && isAvailable(call, found) }
    },
  }),
  method({
    name: 'server.time',
    scope: null,
    params: {},
    run: (_none, call) => formatDateTime(Math.floor(call.now), call.portal.zone),
  }),
  method({
    name: 'profile',
    scope: null,
    params: {},
    async run(_none, call) {
      const [stored] = await select(call.session, {
        entity: person,
        fields: profileFields,
        test: { is: 'compare', field: person.field('id'), op: 'eq', values: [call.person.id] },
      })
      if (stored === undefined) return {}
      const text = (name: string): string => String(scalarOf(stored, person.field(name)) ?? '')
      const photo = scalarOf(stored, person.field('personalPhoto'))
      return {
        ID: String(call.person.id),
        ADMIN: call.person.admin,
        NAME: text('name'),
        LAST_NAME: text('lastName'),
        PERSONAL_GENDER: text('personalGender'),
        TIME_ZONE: text('timeZone'),
        ...(photo ? { PERSONAL_PHOTO: call.encode.fileUrls(Number(photo)).machine } : {}),
      }
    },
  }),
  method({
    name: 'feature.get',
    scope: null,
    params: { code: take.text },
    run({ code = '' }) {
      if (code === '') throw new ApiError('CODE_EMPTY', 400, "CODE can't be empty")
      // Both documented features belong to events, and the portal has neither.
      return { value: 'N' }
    },
  }),
  method({
    name: 'app.info',
    scope: null,
    partial: 'There are no applications yet: every caller gets the part of the answer that a webhook gets.',
    params: {},
    // The page documents a refusal outside of applications; real portals answer this much.
    run: (_none, call) => ({ SCOPE: grantedScopes(call), LICENSE: `${call.portal.language}_selfhosted` }),
  }),
]

import { isGranted, scopes } from '../auth/scopes.ts'
import { ApiError } from '../methods/errors.ts'
import { argument, type Call, method, type Method, take } from '../methods/method.ts'
import { type Application, applicationOfCall } from '../records/applications.ts'
import { endpointsOf, memberId, originOf } from '../records/endpoints.ts'
import { formatDateTime } from '../schema/time.ts'
import { scalarOf, select } from '../store/entity-query.ts'
import { person } from './person.ts'

/** Both that are documented belong to events (api-reference/common/system/feature-get.md). */
const features: ReadonlySet<string> = new Set(['rest_offline_extended', 'rest_auth_connector'])

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

/**
 * `app.info` of the authorisation server, which is the portal too: what an application may believe of a token that
 * somebody has handed it (settings/oauth/simple-way.md). The official SDKs ask the portal for it by a parameter.
 */
async function aboutToken(call: Call, application: Application | undefined): Promise<Record<string, unknown>> {
  if (application === undefined) throw new ApiError('ACCESS_DENIED', 400, 'Access denied! Application context required')
  const { portal, session, credential } = call
  const origin = originOf(portal)
  const { domain, client_endpoint } = endpointsOf(origin)
  const scope = grantedScopes(call).join(',')
  return {
    client_id: application.clientId,
    scope,
    expires: formatDateTime(credential.expires ?? Math.floor(call.now), portal.zone),
    install: {
      installed: application.installed,
      version: String(application.version),
      status: application.status,
      scope: application.scopes.join(','),
      domain,
      uri: origin,
      client_endpoint,
      member_id: await memberId(portal, session),
      member_type: 'BITRIX24',
    },
    user_id: credential.userId,
  }
}

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
      return { value: features.has(code) ? 'Y' : 'N' }
    },
  }),
  method({
    name: 'app.info',
    scope: null,
    params: { IS_NEED_OAUTH_SECURE_CHECK: take.flag },
    async run({ IS_NEED_OAUTH_SECURE_CHECK: asServer }, call) {
      const application = await applicationOfCall(call, call.credential)
      if (asServer) return aboutToken(call, application)
      const license = `${call.portal.language}_selfhosted`
      // The page documents a refusal outside of applications; real portals answer this much.
      if (application === undefined) return { SCOPE: grantedScopes(call), LICENSE: license }
      return {
        ID: application.id,
        CODE: application.clientId,
        VERSION: application.version,
        STATUS: application.status,
        INSTALLED: application.installed,
        PAYMENT_EXPIRED: 'N',
        DAYS: null,
        LANGUAGE_ID: call.portal.language,
        LICENSE: license,
        LICENSE_TYPE: 'selfhosted',
        // One of the tariffs of the cloud, none of which it is; typed clients read the empty text as none.
        LICENSE_FAMILY: '',
      }
    },
  }),
]

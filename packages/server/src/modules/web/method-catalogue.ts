import { grantableScopes, scopes } from '../../auth/scopes.ts'
import { ApiError } from '../../methods/errors.ts'
import { describeMethod, describeMethods, type MethodDescription } from '../../methods/method-description.ts'
import { MethodSearch } from '../../methods/method-search.ts'
import { type Call, method, need, take } from '../../methods/method.ts'
import { IS_DEMO } from '../demo/index.ts'

const DOCS = 'https://apidocs.bitrix24.com/'
const LONGEST_QUERY = 300

/** What describes all methods of a registry: made once, as they never change while the program runs. */
interface Catalogue {
  readonly all: readonly MethodDescription[]
  readonly search: MethodSearch
}
const catalogues = new WeakMap<Call['methods'], Catalogue>()

/** Of the portal's own methods, and of those that are documented and not here. */
function catalogueOf({ methods }: Pick<Call, 'methods'>): Catalogue {
  const known = catalogues.get(methods)
  if (known !== undefined) return known
  const all = describeMethods([...methods.all, ...methods.allV3])
  const made = { all, search: new MethodSearch(all) }
  catalogues.set(methods, made)
  return made
}

const inShort = ({ name, version, about, reads, scopes: needed, conformance, deprecated }: MethodDescription) => ({
  name,
  version,
  about,
  reads,
  scopes: needed,
  status: conformance.status,
  ...(deprecated === undefined ? {} : { deprecated: true }),
})

const find = (call: Call, name: string, version: number | undefined): MethodDescription | undefined =>
  catalogueOf(call).all.find(
    (each) => each.name.toLowerCase() === name.toLowerCase() && (version === undefined || each.version === version),
  )

/** What the API can do, for whoever writes programs for it: the same that `portico methods` and `describe` tell. */
export const catalogueMethods = [
  method({
    name: 'portico.method.list',
    scope: null,
    params: { query: take.text },
    async run({ query = '' }, call) {
      const { all, search } = catalogueOf(call)
      const words = query.trim().slice(0, LONGEST_QUERY)
      const isDemo = (await call.portal.settings.get(call.session, IS_DEMO)) === 'Y'
      return { methods: (words === '' ? all : search.find(words)).map(inShort), isDemo }
    },
  }),
  method({
    name: 'portico.method.get',
    scope: null,
    params: { name: need.text, version: take.integer() },
    async run({ name, version }, call) {
      const described = find(call, name.trim(), version)
      if (described === undefined) throw new ApiError('NOT_FOUND', 400, `There is no method ${name.slice(0, 100)}`)
      const declared = call.methods.find(described.name, described.version)
      // Now that it is one alone, its rights can be told from what the portal's records are.
      const entities = await call.portal.entities.all(call.session)
      const { page, ...more } = declared === undefined ? described : describeMethod(declared, entities)
      return {
        ...more,
        isExisting: declared !== undefined,
        inBatch: declared?.batch ?? false,
        ...(page === undefined ? {} : { page: `${DOCS}${page.replace(/\.md$/, '.html')}` }),
      }
    },
  }),
  method({
    name: 'portico.scope.list',
    scope: null,
    params: {},
    run(_none, call) {
      const counts = new Map<string, number>()
      for (const { scopes: needed, conformance } of catalogueOf(call).all)
        if (conformance.status !== 'missing') for (const each of needed) counts.set(each, (counts.get(each) ?? 0) + 1)
      return {
        scopes: grantableScopes.map((name) => ({
          name,
          methods: counts.get(name) ?? 0,
          // What nothing here asks for may be granted all the same: what is written for the cloud asks for it.
          isKnown: (scopes as readonly string[]).includes(name) || counts.has(name),
        })),
      }
    },
  }),
]

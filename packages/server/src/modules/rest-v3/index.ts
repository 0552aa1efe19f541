import { isGranted } from '../../auth/scopes.ts'
import { idempotencyKey, pruneAnswers } from '../../methods/idempotency.ts'
import { BareAnswer, type Call, type Method } from '../../methods/method.ts'
import { scopesOf } from '../../methods/open-api/parts.ts'
import { openApiV3 } from '../../methods/open-api/v3.ts'
import { batchV3 } from '../../methods/v3/batch.ts'
import { methodV3 } from '../../methods/v3.ts'
import { originOf } from '../../records/endpoints.ts'
import type { Module } from '../module.ts'

/** Describes the methods of REST 3.0 that the caller may call, as OpenAPI; the answer is the document itself. */
const documentation = (name: string): Method =>
  methodV3({
    name,
    scope: null,
    params: {},
    returns: { type: 'object', description: 'An OpenAPI 3.0 document, without `result` and `time` around it' },
    run(_none, call) {
      const callable = call.methods.allV3.filter(({ scope, orScopes }) =>
        isGranted(call.credential.scopes, scope, orScopes),
      )
      return new BareAnswer(openApiV3(callable, originOf(call.portal)))
    },
  })

/** Which scopes each method needs, by the scope and by the method; `basic` needs none. */
function scopeList(call: Call): Record<string, Record<string, readonly string[]>> {
  const list: Record<string, Record<string, readonly string[]>> = {}
  for (const each of call.methods.allV3) {
    const scopes = scopesOf(each)
    for (const scope of scopes.length === 0 ? ['basic'] : scopes) (list[scope] ??= {})[each.name] = scopes
  }
  return list
}

/** What REST 3.0 tells about itself (api-reference/rest-v3.md), and the answers that are kept for repeated calls. */
export const restV3: Module = {
  name: 'rest-v3',
  methods: [
    batchV3,
    methodV3({
      name: 'rest.scope.list',
      scope: null,
      params: {},
      returns: { type: 'object', description: 'Scopes, of their methods, of the scopes that these need' },
      run: (_none, call) => scopeList(call),
    }),
    documentation('rest.documentation.openapi'),
    documentation('documentation'),
  ],
  tables: [idempotencyKey],
  async tend(portal, session) {
    await pruneAnswers(session, portal.sources.now())
  },
}

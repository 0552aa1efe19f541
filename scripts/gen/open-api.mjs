// docs/openapi.json: every method of REST 2 as OpenAPI, from the registry and the entities, as /openapi.json serves it.
import { openApiText, openApiV2 } from '../../packages/server/src/methods/open-api/v2.ts'
import { Registry } from '../../packages/server/src/methods/registry.ts'
import { methods, modules } from '../../packages/server/src/modules/index.ts'

export async function outputs() {
  const entities = modules.flatMap((module) => module.entities ?? [])
  return new Map([['docs/openapi.json', openApiText(openApiV2(new Registry(methods).all, entities))]])
}

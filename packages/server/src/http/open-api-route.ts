import type { FastifyInstance } from 'fastify'
import { openApiText, openApiV2 } from '../methods/open-api/v2.ts'
import type { Registry } from '../methods/registry.ts'
import { modules } from '../modules/index.ts'

/**
 * What the methods of REST 2 take and answer, as OpenAPI. For everybody: it tells what the program can do, and nothing of
 * this portal (REST 3.0 describes itself to whoever may call it, by `rest.documentation.openapi`).
 */
export function openApiRoute(app: FastifyInstance, { registry }: { readonly registry: Registry }): void {
  let text: string | undefined
  app.get('/openapi.json', (_request, reply) => {
    text ??= openApiText(
      openApiV2(
        registry.all,
        modules.flatMap(({ entities }) => entities ?? []),
      ),
    )
    return reply.type('application/json; charset=utf-8').send(text)
  })
}

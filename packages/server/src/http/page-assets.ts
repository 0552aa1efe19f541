import type { FastifyInstance } from 'fastify'
import { icon, iconPath } from './pages/art.ts'
import { style, stylePath } from './pages/style.ts'

/** The style and the sign of all of the portal's plain pages. */
export function pageAssets(app: FastifyInstance): void {
  app.get(stylePath, (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' })
      .send(style),
  )

  app.get(iconPath, (_request, reply) =>
    reply.headers({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }).send(icon),
  )
}

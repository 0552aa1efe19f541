import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { csrfOf } from '../auth/sessions.ts'
import { accountById, fullName } from '../modules/session/account.ts'
import type { AppOptions } from './app.ts'
import { type Html, html } from './pages/html.ts'
import { gatePage, pageAnswer } from './pages/page.ts'
import { type InnerLook, pagesOf } from './pages/routes.ts'
import type { Face } from './pages/words/index.ts'

const here = import.meta.dirname
/** Another build for whoever works on it; beside the bundled server or its chunks; in the sources, where `node scripts/build-ui.mjs` has put it. */
const built = [
  process.env.PORTICO_UI_DIR ?? '',
  join(here, 'ui'),
  join(here, '../ui'),
  join(here, '../../../ui/dist'),
].find((directory) => existsSync(join(directory, 'index.html')))

/** Scripts, fonts and pictures of the portal alone; the kit's components write styles into the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
}

interface Asset {
  readonly type: string
  readonly plain: Buffer
  readonly gzip: Buffer | undefined
  readonly brotli: Buffer | undefined
}

const assets = new Map<string, Promise<Asset | undefined>>()
const NAME = /^[\w-]+(?:\.[\w-]+)*\.(js|css|woff2|svg|png|json)$/

/** Read and compressed once per process: they never change under their names. */
function assetOf(name: string): Promise<Asset | undefined> {
  const extension = NAME.exec(name)?.[1]
  if (built === undefined || extension === undefined) return Promise.resolve(undefined)
  let asset = assets.get(name)
  if (asset === undefined) {
    assets.set(name, (asset = load(join(built, 'assets', name), extension)))
    // Names that lead to nothing are anybody's: they are not remembered.
    void asset.then((found) => found ?? assets.delete(name))
  }
  return asset
}

async function load(path: string, extension: string): Promise<Asset | undefined> {
  const plain = await readFile(path).catch(() => undefined)
  if (plain === undefined) return undefined
  const isText = extension === 'js' || extension === 'css' || extension === 'svg' || extension === 'json'
  return {
    type: TYPES[extension] ?? 'application/octet-stream',
    plain,
    gzip: isText ? await promisify(gzip)(plain) : undefined,
    brotli: isText
      ? await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : undefined,
  }
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const accepted = request.headers['accept-encoding'] ?? ''
  const encoding = ['br', 'gzip'].find((each) => accepted.toString().includes(each))
  const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : undefined
  if (body !== undefined) void reply.header('content-encoding', encoding)
  return reply
    .removeHeader('access-control-allow-origin')
    .headers({
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-encoding',
    })
    .send(body ?? asset.plain)
}

let index: Promise<string> | undefined

/** The page that every address of the web CRM answers with; its script shows what the address names. */
async function sendCrm({ options, visit, reply, desk, face }: InnerLook): Promise<string> {
  if (built === undefined) return pageAnswer(reply, notBuilt(face), 503)
  index ??= readFile(join(built, 'index.html'), 'utf8')
  const account = await accountById(desk.session, visit.person.id)
  const { portal } = options
  const boot = {
    user: {
      id: visit.person.id,
      name: account === undefined ? '' : fullName(account),
      email: account?.email ?? '',
      admin: visit.person.admin,
    },
    csrf: csrfOf(visit.token),
    lang: portal.language,
    zone: portal.zone.name,
    version: options.version,
  }
  // No markup can be in it.
  const data = JSON.stringify(boot).replaceAll('<', '\\u003c')
  const page = (await index).replace('<!--boot-->', () => `<script type="application/json" id="boot">${data}</script>`)
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers').headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  })
  return page
}

const notBuilt = (face: Face): Html =>
  gatePage({
    face,
    title: face.words.page.notBuilt,
    lead: html`<code>node scripts/build-ui.mjs</code>`,
    body: html`<p><a class="button wide" href="/account">${face.words.account.title}</a></p>`,
  })

/** Addresses of the web CRM: what `packages/ui/src/router.ts` knows. */
const PAGES = ['/', '/crm/*', '/analytics/*', '/settings/*', '/developer/*', '/webforms/*']

/** The web CRM: one page, the files that it is made of. */
export function webCrm(app: FastifyInstance, options: AppOptions): void {
  app.get<{ Params: { name: string } }>('/ui/assets/:name', async (request, reply) => {
    const asset = await assetOf(request.params.name)
    return asset === undefined ? reply.callNotFound() : sendAsset(request, reply, asset)
  })
  const pages = pagesOf(app, options)
  for (const path of PAGES) pages.innerGet(path, sendCrm)
}

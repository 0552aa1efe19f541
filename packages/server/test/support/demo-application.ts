import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that an application has got. */
export interface Visit {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: URLSearchParams
}

export interface DemoApplication {
  readonly origin: string
  /** The requests for its pages, the oldest first. */
  readonly visits: Visit[]
  close(): Promise<void>
}

const sdk = readFileSync(new URL('../../../../node_modules/@bitrix24/b24jssdk/dist/umd/index.min.js', import.meta.url))

const page = (title: string, scripts: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>${title}</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color:#17211d;background:#fff}</style>
<h1>${title}</h1><output id="said">starting</output>${scripts}</html>`

/** What the page says, for whoever looks at it. */
const SAY = `const say = (text) => { document.getElementById('said').textContent = text }
addEventListener('unhandledrejection', (event) => say('failed: ' + (event.reason?.message ?? event.reason)))`

/**
 * Pages of two applications, as their makers write them: `/sdk` on the official SDK, `/bx24` on BX24.js, each with an
 * `…/install`. Everything else is served empty.
 */
const pages: Readonly<Record<string, (portal: string) => string>> = {
  '/sdk/install': () =>
    page(
      'Set up (SDK)',
      `<script src="/b24jssdk.js"></script><script>${SAY}
B24Js.initializeB24Frame().then(async (b24) => {
  const call = (method, params) => b24.actions.v2.call.make({ method, params, requestId: method })
  await call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: location.origin + '/sdk?tab=1', TITLE: 'Supplies' })
  await call('placement.bind', { PLACEMENT: 'CRM_DETAIL_SEARCH', HANDLER: location.origin + '/sdk?search=1', TITLE: 'Search' })
  say('ready to finish: ' + b24.isInstallMode)
  window.finish = () => b24.installFinish()
})</script>`,
    ),
  '/sdk': () =>
    page(
      'Application (SDK)',
      `<script src="/b24jssdk.js"></script><script>${SAY}
B24Js.initializeB24Frame().then((b24) => { window.b24 = b24; say('started') })</script>`,
    ),
  '/bx24/install': (portal) =>
    page(
      'Set up (BX24)',
      `<script src="${portal}/api/v1/"></script><script>${SAY}
BX24.install(function () {
  BX24.callMethod('userfieldtype.add', { USER_TYPE_ID: 'colour', HANDLER: location.origin + '/bx24?field=1', TITLE: 'Colour' }, function (result) {
    say(result.error() ? String(result.error()) : 'ready to finish')
  })
})</script>`,
    ),
  '/bx24': (portal) =>
    page(
      'Application (BX24)',
      `<script src="${portal}/api/v1/"></script><script>${SAY}
window.order = []
BX24.callMethod('profile', {}, (result) => order.push('call ' + result.data().ID))
BX24.install(() => { order.push('install'); BX24.installFinish() })
BX24.init(() => { order.push('init'); say('started') })</script>`,
    ),
}

/** A web server of an application's maker, on this machine. */
export async function demoApplication(portal: () => string): Promise<DemoApplication> {
  const visits: Visit[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://app.invalid')
      if (url.pathname === '/b24jssdk.js') return response.setHeader('content-type', 'text/javascript').end(sdk)
      const make = pages[url.pathname]
      if (make !== undefined)
        visits.push({
          path: url.pathname,
          query: url.searchParams,
          body: new URLSearchParams(Buffer.concat(chunks).toString()),
        })
      return response.setHeader('content-type', 'text/html; charset=utf-8').end(make?.(portal()) ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

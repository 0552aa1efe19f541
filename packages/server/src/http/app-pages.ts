import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { handlersOf, places } from '../modules/placement/handlers.ts'
import type { Frame } from '../modules/placement/frame-data.ts'
import {
  type Asked,
  type Closed,
  openApplication,
  openFieldType,
  openWidget,
  titleOf,
  widgetsIn,
} from '../modules/placement/opening.ts'
import { accountById, fullName } from '../modules/session/account.ts'
import type { Context } from '../records/context.ts'
import { parseQuery } from '../schema/pairs.ts'
import type { Tree } from '../schema/tree.ts'
import type { AppOptions } from './app.ts'
import { type PageLink, sendApplications, sendAppPage, sendClosed, sendPlain } from './app-page.ts'
import { originOf } from './connection.ts'
import { type InnerLook, pagesOf } from './pages/routes.ts'

/** One look at a page that holds an application. */
interface View {
  readonly look: InnerLook
  readonly context: Context
  readonly query: Tree
  readonly name: string
  readonly slider: boolean
}

/** Pages that hold pages of applications in frames. */
export function appPages(app: FastifyInstance, options: AppOptions): void {
  const pages = pagesOf(app, options)
  const page = (paths: readonly string[], show: (view: View) => Promise<FastifyReply>): void => {
    for (const path of paths) pages.innerGet(path, async (look) => show(await viewOf(look)))
  }
  page(['/marketplace', '/marketplace/'], listApplications)
  page(['/marketplace/app/:id', '/marketplace/app/:id/', '/marketplace/app/:id/*'], showApplication)
  page(['/marketplace/view/:code', '/marketplace/view/:code/'], showByLink)
  page(['/placement/:code', '/placement/:code/'], showPlace)
}

async function viewOf(look: InnerLook): Promise<View> {
  const { options, request, visit, desk } = look
  const { portal } = options
  const mark = request.url.indexOf('?')
  const query = parseQuery(mark < 0 ? '' : request.url.slice(mark + 1))
  const context = {
    portal,
    session: desk.session,
    person: visit.person,
    now: portal.sources.now(),
    visitor: desk.visitor,
  }
  const account = await accountById(desk.session, visit.person.id)
  const name = account === undefined ? '' : fullName(account)
  return { look, context, query, name, slider: query.IFRAME === 'Y' }
}

/** What the page is told of where it was opened; nothing that it is told elsewhere is overwritten. */
function askedOf({ look, query, slider }: View, more: Readonly<Record<string, string>> = {}): Asked {
  const { params } = query
  const given = typeof params === 'object' && params !== null ? Object.entries(params) : []
  const texts = given.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return {
    origin: originOf(look.options, look.request),
    options: {
      ...(slider ? { IFRAME: 'Y', IFRAME_TYPE: 'SIDE_SLIDER' } : {}),
      URI: look.request.url,
      ...more,
      ...Object.fromEntries(texts),
    },
  }
}

async function showApplication(view: View): Promise<FastifyReply> {
  const id = Number(view.look.path('id'))
  return show(view, Number.isSafeInteger(id) ? await openApplication(view.context, id, askedOf(view)) : 'unknown')
}

/** A link in texts (api-reference/widgets/universal/app-url.md): to the handler that is bound to it, else to the application. */
async function showByLink(view: View): Promise<FastifyReply> {
  const { context, look } = view
  const application = await context.portal.applications.byClientId(context.session, look.path('code'))
  if (application === undefined) return sendClosed(plain(view), 'unknown')
  const handlers = application.installed ? await handlersOf(context.session, application.id) : []
  const handler = handlers.find(({ placement }) => placement === 'REST_APP_URI')
  return show(
    view,
    handler === undefined
      ? await openApplication(context, application.id, askedOf(view))
      : await openWidget(context, { handler, title: titleOf(context, application) }, askedOf(view)),
  )
}

/**
 * What applications have put into a place, for a record: `/placement/CRM_DEAL_DETAIL_TAB/?id=5`. Several widgets are
 * tabs, `widget` says which is shown. `/placement/USERFIELD_TYPE/?type=rest_1_phone&params[FIELD_NAME]=…` shows a field.
 */
async function showPlace(view: View): Promise<FastifyReply> {
  const { context, look, query } = view
  const say = look.face.words.apps
  const code = look.path('code').toUpperCase()
  if (code === 'USERFIELD_TYPE')
    return show(view, await openFieldType(context, look.query('type'), askedOf(view, { MODE: 'view' })))
  const place = (await places(context, context.session)).get(code)
  const widgets = place === undefined ? [] : await widgetsIn(context, code)
  const chosen = widgets.find(({ handler }) => handler.id === Number(query.widget)) ?? widgets[0]
  if (place === undefined || chosen === undefined)
    return sendPlain(
      plain(view),
      place === undefined ? { say: say.noPlace, status: 404 } : { say: say.empty, status: 200 },
    )
  const id = look.query('id')
  const asked = askedOf(view, id === '' ? {} : { [place.idKey ?? 'ID']: id })
  const tabs = widgets.map(({ handler, title }) => ({
    href: linkTo(look.request, { widget: String(handler.id) }),
    title: title || say.widget,
    current: handler === chosen.handler,
  }))
  return show(view, await openWidget(context, chosen, asked), tabs)
}

/** The same address with one part of its query changed. */
function linkTo(request: FastifyRequest, change: Readonly<Record<string, string>>): string {
  const url = new URL(request.url, 'http://portal.invalid')
  for (const [key, value] of Object.entries(change)) url.searchParams.set(key, value)
  return `${url.pathname}${url.search}`
}

const plain = ({ look: { reply, visit, face }, name, slider }: View) => ({ reply, visit, face, name, slider })

async function show(view: View, opened: Frame | Closed, tabs: readonly PageLink[] = []): Promise<FastifyReply> {
  if (typeof opened === 'string') return sendClosed(plain(view), opened)
  const { context, look } = view
  const application = await context.portal.applications.find(context.session, opened.application)
  const own = application === undefined || application.handlerUrl === '' ? [] : [new URL(application.handlerUrl).origin]
  return sendAppPage({
    ...plain(view),
    request: look.request,
    origin: originOf(look.options, look.request),
    title: opened.title,
    frame: opened,
    origins: own,
    tabs,
  })
}

async function listApplications(view: View): Promise<FastifyReply> {
  const { context, look } = view
  const say = look.face.words.apps
  const all = [...(await context.portal.applications.all(context.session)).values()]
  const applications = all
    .filter(({ scriptOnly }) => !scriptOnly)
    .map((each) => ({
      href: `/marketplace/app/${each.id}/`,
      title: titleOf(context, each),
      note: each.installed ? say.installed : say.waiting,
    }))
  const widgets = (await widgetsIn(context, 'LEFT_MENU')).map(({ handler, title }) => ({
    href: `/placement/LEFT_MENU/?widget=${handler.id}`,
    title: title || say.widget,
    note: say.pageOf,
  }))
  return sendApplications(plain(view), [...applications, ...widgets])
}

import type { Application } from '../../records/applications.ts'
import type { Context } from '../../records/context.ts'
import { registeredTypes, typeName } from '../../records/user-field-types.ts'
import { openFrame } from './frame.ts'
import type { Frame } from './frame-data.ts'
import { type Handler, handlersIn, places, titleIn } from './handlers.ts'

/** Why a person doesn't see a page of an application. */
export type Closed = 'unknown' | 'no-pages' | 'not-installed' | 'own-origin'

export interface Asked {
  readonly origin: string
  /** What the page is told: `PLACEMENT_OPTIONS`. */
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * The application's own page. Until its installation is finished, administrators see the page that installs it
 * (settings/app-installation/installation-finish.md).
 */
export async function openApplication(context: Context, id: number, asked: Asked): Promise<Frame | Closed> {
  const application = await context.portal.applications.find(context.session, id)
  if (application === undefined) return 'unknown'
  if (application.scriptOnly) return 'no-pages'
  const install = !application.installed
  if (install && !context.person.admin) return 'not-installed'
  return open(context, {
    ...asked,
    application,
    url: (install && application.installUrl) || application.handlerUrl,
    title: titleOf(context, application),
    placement: 'DEFAULT',
    install,
  })
}

/** An application's name in the portal's language: that of its menu, else its own. */
export const titleOf = ({ portal }: Pick<Context, 'portal'>, { menu, title }: Application): string =>
  menu[portal.language] || title

/** What stands in a place for a person: each widget with its title. */
export async function widgetsIn(
  context: Context,
  placement: string,
): Promise<readonly { readonly handler: Handler; readonly title: string }[]> {
  const handlers = await handlersIn(context, context.session, placement)
  const applications = await context.portal.applications.all(context.session)
  return handlers.map((handler) => {
    const application = applications.get(handler.applicationId)
    const own = titleIn(handler, context.portal.language)
    return { handler, title: own || (application === undefined ? '' : titleOf(context, application)) }
  })
}

/** A widget in its place. */
export async function openWidget(
  context: Context,
  { handler, title }: { readonly handler: Handler; readonly title: string },
  asked: Asked,
): Promise<Frame | Closed> {
  const application = await context.portal.applications.find(context.session, handler.applicationId)
  if (application === undefined) return 'unknown'
  const place = (await places(context, context.session)).get(handler.placement)
  return open(context, {
    ...asked,
    application,
    url: handler.url,
    title,
    placement: handler.placement,
    place,
    install: false,
  })
}

/** What shows and edits the value of a user field whose type an application has registered. */
export async function openFieldType(context: Context, type: string, asked: Asked): Promise<Frame | Closed> {
  const registered = (await registeredTypes(context.session)).find((each) => typeName(each) === type)
  const application =
    registered === undefined
      ? undefined
      : await context.portal.applications.find(context.session, registered.applicationId)
  if (registered === undefined || application === undefined) return 'unknown'
  if (!application.installed) return 'not-installed'
  return open(context, {
    ...asked,
    application,
    url: registered.handler,
    title: registered.title || registered.code,
    placement: 'USERFIELD_TYPE',
    place: { code: 'USERFIELD_TYPE', scope: null, commands: ['setValue', 'getValue'] },
    install: false,
  })
}

/**
 * A page of the portal's own origin could do in the person's name whatever the person may, without a token: no
 * application is let into a frame with it.
 */
async function open(context: Context, wish: Parameters<typeof openFrame>[1]): Promise<Frame | Closed> {
  return new URL(wish.url).origin === new URL(wish.origin).origin ? 'own-origin' : openFrame(context, wish)
}

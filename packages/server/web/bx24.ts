import { Calls } from './bx24/calls.ts'
import * as dom from './bx24/dom.ts'
import type { Callback } from './bx24/result.ts'
import { Session } from './bx24/session.ts'

type Answered = (value: unknown) => void
type Map = Readonly<Record<string, unknown>>

const call = (callback: unknown, ...given: unknown[]): void => {
  if (typeof callback === 'function') (callback as (...given: unknown[]) => void)(...given)
}

/** Everything that pages know as BX24 (sdk/bx24-js-sdk/index.md), for the page of one frame. */
function library(session: Session) {
  const { messages } = session
  const calls = new Calls(session)
  const command = (name: string, payload?: unknown, callback?: unknown): void =>
    session.whenKnown(() => messages.send(name, payload, (value) => call(callback, value)))

  const option = (name: 'APP_OPTIONS' | 'USER_OPTIONS', order: string) => ({
    get: (key: string): unknown => session.data?.[name][key],
    set(key: string, value: unknown, callback?: Answered): void {
      session.whenKnown(() => {
        if (session.data !== undefined)
          session.data = { ...session.data, [name]: { ...session.data[name], [key]: value } }
      })
      command(order, { name: key, value }, callback)
    },
  })

  const resizeWindow = (width: number | string, height: number | string, callback?: Answered): void => {
    const [wide, high] = [Number.parseInt(String(width), 10), Number.parseInt(String(height), 10)]
    const payload = { width: width === '100%' ? width : Number.isNaN(wide) ? 100 : wide, height: high }
    if (high > 0) command('resizeWindow', payload, callback)
  }

  /** `event.bind` and its sibling: who they act for may be left out. */
  const event =
    (method: string) =>
    (name: string, handler: string, authType?: number | string | null | Callback, callback?: Callback): void => {
      const own = typeof authType === 'function' ? authType : callback
      const type = typeof authType === 'function' || authType === null ? undefined : authType
      calls.callMethod(method, { event: name, handler, auth_type: type }, own)
    }

  return {
    init: (handler: () => void): void => session.init(handler),
    install: (handler: (() => void) | string): void => session.install(handler),
    installFinish: (): void => session.installFinish(),
    getAuth: () => session.auth,
    refreshAuth(callback?: Answered) {
      session.whenKnown(() => session.refresh((auth) => call(callback, auth)))
      return session.auth
    },

    callMethod: (method: string, params?: Map | null, callback?: Callback): void =>
      void calls.callMethod(method, params, callback),
    callBatch: calls.callBatch.bind(calls),
    callBind: event('event.bind'),
    callUnbind: event('event.unbind'),

    appOption: option('APP_OPTIONS', 'setAppOption'),
    userOption: option('USER_OPTIONS', 'setUserOption'),

    selectUser: (callback: Answered): void => command('selectUser', { mult: false }, given(callback)),
    selectUsers: (callback: Answered): void => command('selectUser', { mult: true }, callback),
    selectAccess: (value: readonly string[] | Answered, callback?: Answered): void =>
      typeof value === 'function'
        ? command('selectAccess', { value: [] }, value)
        : command('selectAccess', { value }, callback),
    selectCRM: (params: Map | Answered, callback?: Answered): void =>
      typeof params === 'function' ? command('selectCRM', {}, params) : command('selectCRM', params, callback),

    isAdmin: (): boolean => session.data?.IS_ADMIN === true,
    getLang: (): string => session.data?.LANG ?? '',
    getDomain: (): string => messages.domain,

    resizeWindow,
    fitWindow: (callback?: Answered): void => resizeWindow('100%', dom.getScrollSize().scrollHeight, callback),
    reloadWindow: (callback?: Answered): void => command('reloadWindow', undefined, callback),
    setTitle: (title: unknown, callback?: Answered): void => command('setTitle', { title: String(title) }, callback),
    scrollParentWindow(scroll: unknown, callback?: Answered): void {
      const top = Number.parseInt(String(scroll), 10)
      if (!Number.isNaN(top)) command('setScroll', { scroll: Math.max(top, 0) }, callback)
    },
    closeApplication: (callback?: Answered): void => command('closeApplication', undefined, callback),
    openApplication(params?: Map | Answered, closed?: Answered | Map, settings?: Map): void {
      const [own, callback, more] = typeof params === 'function' ? [{}, params, closed] : [params, closed, settings]
      const wishes = Object.entries((more ?? {}) as Map).map(([key, value]) => [`bx24_${key}`, value])
      command('openApplication', { ...own, ...Object.fromEntries(wishes) }, callback)
    },
    openPath(path: unknown, callback?: Answered): void {
      session.whenKnown(() => {
        const text = String(path)
        const from = `from=rest_placement&from_app=${encodeURIComponent(session.data?.APP_ID ?? '')}`
        command('openPath', { path: `${text}${text.includes('?') ? '&' : '?'}${from}` }, callback)
      })
    },

    im: {
      callTo: (userId: unknown, video = true): void => command('imCallTo', { userId, video }),
      phoneTo: (phone: unknown): void => command('imPhoneTo', { phone }),
      openMessenger: (dialogId?: unknown): void => command('imOpenMessenger', { dialogId }),
      openHistory: (dialogId: unknown): void => command('imOpenHistory', { dialogId }),
    },

    placement: {
      info: () => ({ placement: session.data?.PLACEMENT ?? '', options: session.data?.PLACEMENT_OPTIONS ?? {} }),
      getInterface: (callback: Answered): void => command('getInterface', undefined, callback),
      call: (name: string, params?: unknown, callback?: Answered): void => command(name, params ?? {}, callback),
      bindEvent: (name: string, callback: Answered): void =>
        session.whenKnown(() => messages.bind('placementBindEvent', { event: name }, (value) => call(callback, value))),
    },

    ...dom,
  }
}

/** Who gives up choosing has chosen nobody: the page isn't told. */
const given =
  (callback: unknown): Answered =>
  (value) => {
    if (value !== null && value !== undefined) call(callback, value)
  }

declare global {
  interface Window {
    BX24?: ReturnType<typeof library>
  }
}

try {
  window.BX24 = library(new Session())
} catch (cause) {
  // Outside of the portal there is nobody to talk to; the page's own code says what it lacks.
  console.warn(cause instanceof Error ? cause.message : cause)
}

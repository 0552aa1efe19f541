import type { HostedFrame, Mount } from './hosted-frame.ts'
import { openApplicationSlider, openPathSlider } from './open.ts'
import { pickCrm } from './pick-crm.ts'
import { pickAccess, pickUsers } from './pick-people.ts'
import type { Portal } from './portal.ts'

/** What a command may use, and how it answers. */
export interface CommandCall {
  readonly frame: HostedFrame
  readonly portal: Portal
  /** What was sent, as a map; empty where it was none. */
  readonly payload: Readonly<Record<string, unknown>>
  /** The same as it came. */
  readonly raw: unknown
  readonly key: string
  readonly mount: Mount
}

/** What it answers is sent to the frame; it may also answer by itself and return {@link ANSWERED}. */
export type CommandHandler = (call: CommandCall) => unknown

export const ANSWERED = Symbol('answered')

/** Milliseconds after which a frame has got its last answer and may go. */
const FAREWELL = 100

const later = (action: () => void): void => void setTimeout(action, FAREWELL)

/** The commands that pages in frames may send, by name (sdk/bx24-js-sdk; the messages are those of b24jssdk). */
export const commands: Readonly<Record<string, CommandHandler>> = {
  getInitData: ({ frame }) => frame.data.init,

  async refreshAuth({ frame, portal }) {
    const tokens = await portal.tokens(frame.data.application)
    frame.data = { ...frame.data, init: { ...frame.data.init, ...tokens } }
    return tokens
  },

  async setInstall({ frame, portal }) {
    await portal.firstRun(frame.data.application)
    frame.data = { ...frame.data, init: { ...frame.data.init, FIRST_RUN: false } }
    return true
  },

  async setInstallFinish({ frame, portal }) {
    if (!frame.data.init.INSTALL) return false
    await portal.installed(frame.data.application)
    later(() => frame.surface.reload())
    return true
  },

  setAppOption: (call) => setOption(call, 'app.option', 'APP_OPTIONS'),
  setUserOption: (call) => setOption(call, 'user.option', 'USER_OPTIONS'),

  resizeWindow({ frame, payload }) {
    const { style } = frame.element
    const [width, height] = [payload.width, payload.height].map((value) => Number.parseInt(String(value), 10))
    if (payload.width === '100%') style.width = '100%'
    else if (width !== undefined && width > 0) style.width = `${width}px`
    if (height !== undefined && height > 0) {
      style.height = `${height}px`
      frame.element.classList.add('app-frame-sized')
    }
    return { width: payload.width, height: payload.height }
  },

  setTitle({ frame, payload }) {
    frame.surface.setTitle(String(payload.title ?? ''))
    return true
  },

  setScroll({ frame, payload }) {
    const top = Number.parseInt(String(payload.scroll), 10)
    if (!Number.isNaN(top)) frame.surface.scroll(Math.max(top, 0))
    return true
  },

  reloadWindow({ frame }) {
    later(() => frame.surface.reload())
    return true
  },

  closeApplication({ frame }) {
    later(() => frame.surface.close())
    return true
  },

  openApplication: ({ frame, portal, payload, mount }) => openApplicationSlider({ frame, portal, mount }, payload),
  openPath: ({ portal, payload }) => openPathSlider(portal, payload.path),

  selectUser: ({ portal, payload }) => pickUsers(portal, payload.mult === true),
  selectAccess: ({ portal, payload }) =>
    pickAccess(portal, Array.isArray(payload.value) ? payload.value.map(String) : []),
  selectCRM: ({ portal, payload }) => pickCrm(portal, payload),

  // The portal has neither calls nor a messenger: these are taken and do nothing.
  imCallTo: () => undefined,
  imPhoneTo: () => undefined,
  imOpenMessenger: () => undefined,
  imOpenHistory: () => undefined,

  getInterface: ({ frame }) => ({ command: frame.data.commands, event: frame.data.events }),

  placementBindEvent({ frame, payload, key }) {
    // A place is silent about events that it doesn't have (bx24-placement-bind-event.md).
    if (typeof payload.event === 'string' && frame.data.events.includes(payload.event)) frame.bind(key, payload.event)
    return ANSWERED
  },
}

/** Writes a setting as the application itself does; who may not gets the settings as they are. */
async function setOption(
  { frame, portal, payload }: CommandCall,
  family: 'app.option' | 'user.option',
  name: 'APP_OPTIONS' | 'USER_OPTIONS',
): Promise<unknown> {
  const { AUTH_ID: token } = frame.data.init
  const option = String(payload.name ?? '')
  const write = portal.restAs(token, `${family}.set`, { options: { [option]: payload.value ?? null } })
  await write.catch(() => undefined)
  const options = await portal.restAs<Record<string, unknown>>(token, `${family}.get`, {})
  const map = Array.isArray(options) ? {} : options
  frame.data = { ...frame.data, init: { ...frame.data.init, [name]: map } }
  return map
}

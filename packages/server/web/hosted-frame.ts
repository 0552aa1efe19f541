import type { Frame } from '../src/modules/placement/frame-data.ts'
import { element } from './elements.ts'
import type { Portal } from './portal.ts'
import { answerText } from './protocol.ts'

/** Where a frame stands: on the page, or in a slider over it. */
export interface Surface {
  setTitle(title: string): void
  /** Takes the frame away; nothing where it is the page itself. */
  close(): void
  /** Begins the frame anew, with new tokens. */
  reload(): void
  /** Scrolls what is around the frame. */
  scroll(top: number): void
}

export interface Mounted {
  readonly frame: HostedFrame
  /** Stops listening to the frame; its element is the caller's to remove. */
  leave(): void
}

/** Shows a page of an application in `holder` and does what it asks for. */
export type Mount = (portal: Portal, data: Frame, holder: HTMLElement, surface: Surface) => Mounted

/** Everything that cooperating pages need, and no way to lead the person away from the portal. */
const SANDBOX = [
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-modals',
  'allow-downloads',
].join(' ')

/** A page of an application in a frame. */
export class HostedFrame {
  data: Frame
  readonly surface: Surface
  readonly element: HTMLIFrameElement
  /** Who has asked for events of the place: the event's name by the key of the answers. */
  readonly #bound = new Map<string, string>()

  constructor(data: Frame, surface: Surface) {
    this.data = data
    this.surface = surface
    this.element = element('iframe', {
      name: data.name,
      title: data.title,
      class: 'app-frame',
      sandbox: SANDBOX,
      allow: 'geolocation *; microphone *; camera *; clipboard-write *; fullscreen *',
      referrerpolicy: 'origin',
    })
  }

  /** Opens the page in the frame, mostly by sending the signed form into it; the element must stand in the page before. */
  begin(): void {
    const { action, name, fields, plain } = this.data
    if (plain) {
      this.element.src = action
      return
    }
    const form = element('form', { method: 'post', action, target: name, hidden: '' })
    for (const [key, value] of Object.entries(fields))
      form.append(element('input', { type: 'hidden', name: key, value }))
    document.body.append(form)
    form.submit()
    form.remove()
  }

  /** Whether a message is this frame's: it comes out of its window, from its application, and knows its secret name. */
  sent({ source, origin }: Pick<MessageEvent, 'source' | 'origin'>, sid: string): boolean {
    return (
      source !== null && source === this.element.contentWindow && origin === this.data.origin && sid === this.data.sid
    )
  }

  answer(key: string, value?: unknown): void {
    this.element.contentWindow?.postMessage(answerText(key, value), this.data.origin)
  }

  /** The answer comes first, and events after it under the same key: SDKs take the first message for the answer. */
  bind(key: string, event: string): void {
    this.answer(key, true)
    this.#bound.set(key, event)
  }

  /** Tells the frame of something that happened in its place. */
  emit(event: string, value: unknown): void {
    for (const [key, name] of this.#bound) if (name === event) this.answer(key, value)
  }
}

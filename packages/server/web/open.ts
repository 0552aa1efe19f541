import { element } from './elements.ts'
import type { HostedFrame, Mount } from './hosted-frame.ts'
import { ownPath } from './open-path.ts'
import type { Portal } from './portal.ts'
import { openSlider, wishOf } from './slider.ts'

/** What a page of the portal in a slider tells the page around it when it wants to be closed. */
export const CLOSE_ME = 'portico:close-slider'

/** The application once more, over the page, with parameters of its own. Resolves when it is closed. */
export async function openApplicationSlider(
  { frame: { data }, portal, mount }: { frame: HostedFrame; portal: Portal; mount: Mount },
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const slider = openSlider(wishOf(parameters, data.title))
  let leave = (): void => {}
  const show = async (): Promise<void> => {
    const frame = await portal.open(data.application, parameters)
    leave()
    ;({ leave } = mount(portal, frame, slider.body, {
      setTitle: slider.setTitle,
      close: slider.close,
      reload: () => void show(),
      // The page below stays where it is (bx24-scroll-parent-window.md).
      scroll: () => {},
    }))
  }
  try {
    await show()
  } catch (cause) {
    slider.body.replaceChildren(messageOf(cause))
  }
  await slider.closed
  leave()
}

const messageOf = (cause: unknown): HTMLElement =>
  element(
    'p',
    { class: 'slider-said', role: 'alert' },
    cause instanceof Error ? cause.message : 'It could not be opened.',
  )

/** A page of the portal over the page. Resolves when it is closed, or at once if it may not be opened. */
export async function openPathSlider(portal: Portal, path: unknown): Promise<object> {
  const own = ownPath(path, portal.origin)
  if (own === undefined) return { result: 'error', errorCode: 'PATH_NOT_AVAILABLE' }
  const slider = openSlider({ title: '', width: own.width })
  const frame = element('iframe', { src: own.path, title: 'A page of the portal', class: 'app-frame' })
  frame.addEventListener('load', () => {
    const inner = frame.contentDocument
    if (inner === null || inner.contentType !== 'text/html')
      slider.body.replaceChildren(element('p', { class: 'slider-said' }, 'There is no page at this address yet.'))
    else {
      slider.setTitle(inner.title)
      frame.title = inner.title
    }
  })
  const onMessage = ({ source, origin, data }: MessageEvent): void => {
    if (source === frame.contentWindow && origin === portal.origin && data === CLOSE_ME) slider.close()
  }
  addEventListener('message', onMessage)
  slider.body.append(frame)
  await slider.closed
  removeEventListener('message', onMessage)
  return { result: 'close' }
}

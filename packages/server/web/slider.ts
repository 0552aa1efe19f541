import { element, freshId } from './elements.ts'

export interface SliderWish {
  readonly title: string
  /** Pixels; the window is the limit. */
  readonly width?: number | undefined
  /** Pixels that stay free on the left. */
  readonly leftBoundary?: number | undefined
  readonly label?: { readonly text: string; readonly color: string; readonly bgColor: string } | undefined
}

export interface Slider {
  readonly body: HTMLElement
  setTitle(title: string): void
  close(): void
  /** Resolves when it is gone, whoever has closed it. */
  readonly closed: Promise<void>
}

const isColor = (text: string): boolean => text !== '' && CSS.supports('color', text)

/**
 * A panel over the page, from the right. The browser's own modal dialog keeps the focus inside, closes on Escape and
 * gives the focus back.
 */
export function openSlider({ title, width, leftBoundary, label }: SliderWish): Slider {
  const id = freshId()
  const heading = element('h2', { id }, title)
  const close = element('button', { type: 'button', class: 'slider-close', 'aria-label': 'Close' }, '×')
  const body = element('div', { class: 'slider-body' })
  const dialog = element(
    'dialog',
    { class: 'slider', 'aria-labelledby': id },
    element('header', { class: 'slider-head' }, close, heading, labelOf(label)),
    body,
  )
  if (width !== undefined && width > 0) dialog.style.setProperty('--slider-width', `${width}px`)
  else if (leftBoundary !== undefined && leftBoundary >= 0)
    dialog.style.setProperty('--slider-width', `calc(100vw - ${leftBoundary}px)`)
  const shut = (): void => dialog.close()
  close.addEventListener('click', shut)
  dialog.addEventListener('click', (event) => {
    // The shade belongs to the dialog itself; everything in the panel is below it.
    if (event.target === dialog) shut()
  })
  const closed = new Promise<void>((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve()
    })
  })
  document.body.append(dialog)
  dialog.showModal()
  return { body, close: shut, closed, setTitle: (text) => void (heading.textContent = text) }
}

function labelOf(label: SliderWish['label']): HTMLElement | undefined {
  if (label === undefined || label.text === '') return undefined
  const made = element('span', { class: 'slider-label' }, label.text)
  if (isColor(label.color)) made.style.color = label.color
  if (isColor(label.bgColor)) made.style.backgroundColor = label.bgColor
  return made
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const pixelsOf = (value: unknown): number | undefined => {
  const pixels = Number.parseInt(String(value), 10)
  return Number.isNaN(pixels) ? undefined : pixels
}

/** What `openApplication` says of its slider (sdk/bx24-js-sdk/additional-functions/bx24-open-application.md). */
export function wishOf(parameters: Readonly<Record<string, unknown>>, title: string): SliderWish {
  const { bx24_title, bx24_width, bx24_leftBoundary, bx24_label } = parameters
  const label = typeof bx24_label === 'object' && bx24_label !== null ? (bx24_label as Record<string, unknown>) : {}
  return {
    title: textOf(bx24_title) || title,
    width: pixelsOf(bx24_width),
    leftBoundary: pixelsOf(bx24_leftBoundary),
    label: { text: textOf(label.text), color: textOf(label.color), bgColor: textOf(label.bgColor) },
  }
}

import type { Directive } from 'vue'

const name = (element: HTMLElement, text: string): void =>
  element.querySelector('[role="listbox"]')?.setAttribute('aria-label', text)

/** Names the list within: the kit gives names to what stands around it only. */
export const vListName: Directive<HTMLElement, string> = {
  mounted: (element, { value }) => name(element, value),
  updated: (element, { value }) => name(element, value),
}

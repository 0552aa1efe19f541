import type { CommandHandler } from './commands.ts'
import { element } from './elements.ts'
import type { HostedFrame } from './hosted-frame.ts'

interface Found {
  readonly id?: unknown
  readonly name?: unknown
  readonly phone?: unknown
  readonly email?: unknown
  readonly web?: unknown
}

/** Tells the page around a widget what the widget has done; the page of the record listens. */
const tell = (name: string, detail: unknown): void =>
  void document.dispatchEvent(new CustomEvent(`portico:${name}`, { detail }))

const foundOf = (payload: Readonly<Record<string, unknown>>): Found[] =>
  (Array.isArray(payload.data) ? (payload.data as unknown[]) : []).filter(
    (each): each is Found => typeof each === 'object' && each !== null,
  )

/** What the places of the portal do for their widgets; each place declares which of these it has. */
export function placeCommands(frame: HostedFrame, holder: HTMLElement): Readonly<Record<string, CommandHandler>> {
  let value = frame.data.init.PLACEMENT_OPTIONS.VALUE ?? null
  return {
    reloadData() {
      tell('reload', { placement: frame.data.init.PLACEMENT })
      return []
    },

    getValue: () => value,
    setValue({ raw }) {
      value = raw ?? null
      tell('value', { value })
      return []
    },

    /** A person chooses from what an application has found; the application makes a record of it. */
    crmShowFoundEntities({ payload }) {
      const found = foundOf(payload)
      const list = element('ul', { class: 'found-list', 'aria-label': 'Found by the application' })
      for (const each of found) {
        const note = [each.phone, each.email, each.web].filter((text) => typeof text === 'string').join(' · ')
        const button = element('button', { type: 'button' }, String(each.name ?? ''), element('span', {}, note))
        button.addEventListener('click', () => frame.emit('onCrmEntityIsNeedToCreate', { data: each }))
        list.append(element('li', {}, button))
      }
      holder.querySelector('.found-list')?.remove()
      if (found.length > 0) holder.append(list)
      return []
    },
    crmShowCreatedEntity({ payload }) {
      holder.querySelector('.found-list')?.remove()
      tell('created', payload)
      return []
    },
  }
}

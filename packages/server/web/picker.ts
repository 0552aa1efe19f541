import { element, freshId } from './elements.ts'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly note: string
  /** What the caller gets back of it. */
  readonly value: unknown
}

export interface PickerTab {
  readonly title: string
  find(text: string): Promise<readonly Choice[]>
}

export interface PickerWish {
  readonly title: string
  readonly tabs: readonly PickerTab[]
  readonly multiple: boolean
  /** What is chosen already. */
  readonly chosen?: readonly Choice[]
}

/** Milliseconds without a key before what was typed is looked for. */
const PAUSE = 200

/**
 * Lets a person choose from what the portal has: a search, tabs of kinds and a list. Arrows move, Enter chooses,
 * Escape gives up. Resolves to what was chosen, or to null.
 */
export function pick({ title, tabs, multiple, chosen = [] }: PickerWish): Promise<readonly Choice[] | null> {
  const [titleId, listId] = [freshId(), freshId()]
  const search = element('input', {
    type: 'search',
    class: 'picker-search',
    placeholder: 'Search',
    'aria-label': 'Search',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const list = element('ul', { id: listId, class: 'picker-list', role: 'listbox', 'aria-label': title })
  if (multiple) list.setAttribute('aria-multiselectable', 'true')
  const said = element('p', { class: 'picker-said', role: 'status' })
  const tabBar = element('div', { class: 'picker-tabs', role: 'group', 'aria-label': 'What to look through' })
  const cancel = element('button', { type: 'button', class: 'plain compact' }, 'Cancel')
  const done = element('button', { type: 'button', class: 'compact' }, 'Select')
  const dialog = element(
    'dialog',
    { class: 'picker', 'aria-labelledby': titleId },
    element('h2', { id: titleId }, title),
    search,
    tabs.length > 1 ? tabBar : undefined,
    list,
    said,
    element('div', { class: 'picker-actions' }, cancel, multiple ? done : undefined),
  )
  const taken = new Map(chosen.map((each) => [each.id, each]))
  let shown: readonly Choice[] = []
  let active = 0
  let [tab] = tabs
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  return new Promise((resolve) => {
    let result: readonly Choice[] | null = null
    const end = (with_: readonly Choice[] | null): void => {
      result = with_
      dialog.close()
    }
    dialog.addEventListener('close', () => {
      clearTimeout(timer)
      dialog.remove()
      resolve(result)
    })
    cancel.addEventListener('click', () => end(null))
    done.addEventListener('click', () => end([...taken.values()]))
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) end(null)
    })

    const choose = (choice: Choice): void => {
      if (!multiple) return end([choice])
      if (!taken.delete(choice.id)) taken.set(choice.id, choice)
      render()
    }
    const render = (): void => {
      list.replaceChildren(
        ...shown.map((choice, index) => {
          const item = element(
            'li',
            { id: `${listId}-${index}`, role: 'option', 'aria-selected': String(taken.has(choice.id)) },
            element('span', { class: 'picker-title' }, choice.title),
            choice.note === '' ? undefined : element('span', { class: 'picker-note' }, choice.note),
          )
          item.classList.toggle('picker-active', index === active)
          item.addEventListener('click', () => {
            active = index
            choose(choice)
          })
          return item
        }),
      )
      if (shown[active] === undefined) search.removeAttribute('aria-activedescendant')
      else search.setAttribute('aria-activedescendant', `${listId}-${active}`)
      list.querySelector('.picker-active')?.scrollIntoView({ block: 'nearest' })
      done.textContent = taken.size === 0 ? 'Select' : `Select (${taken.size})`
    }
    const find = async (): Promise<void> => {
      const turn = ++asked
      try {
        const found = (await tab?.find(search.value.trim())) ?? []
        if (turn !== asked) return
        shown = found
        said.textContent = found.length === 0 ? 'Nothing was found.' : ''
      } catch (cause) {
        if (turn !== asked) return
        shown = []
        said.textContent = cause instanceof Error ? cause.message : 'The portal did not answer.'
      }
      active = 0
      render()
    }

    for (const each of tabs) {
      const button = element('button', { type: 'button', 'aria-pressed': String(each === tab) }, each.title)
      button.addEventListener('click', () => {
        tab = each
        for (const other of tabBar.children) other.setAttribute('aria-pressed', String(other === button))
        search.focus()
        void find()
      })
      tabBar.append(button)
    }
    search.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void find(), PAUSE)
    })
    search.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const choice = shown[active]
      if (step !== undefined && shown.length > 0) {
        active = (active + step + shown.length) % shown.length
        render()
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && multiple) end([...taken.values()])
      else if (event.key === 'Enter' && choice !== undefined) choose(choice)
      else return
      event.preventDefault()
    })
    document.body.append(dialog)
    dialog.showModal()
    search.focus()
    render()
    void find()
  })
}

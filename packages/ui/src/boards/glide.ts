import { nextTick } from 'vue'

/** More cards than this change at once only when the whole board does. */
const MOST = 60
const MILLISECONDS = 220
const EASE = 'cubic-bezier(0.2, 0.8, 0.2, 1)'

const isCalm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

export interface Glide {
  /** Runs a change; cards that are seen before and after it glide from the one place to the other. */
  around(ids: readonly number[], change: () => void): void
  /** Where a card comes from that has been carried by hand. */
  from(ids: readonly number[], box: DOMRect): void
}

/** Cards that change their column lie over the columns while they glide: each column cuts off what is outside of it. */
export function makeGlide(root: () => HTMLElement | null): Glide {
  const carried = new Map<number, DOMRect>()

  function seen(): Map<number, HTMLElement> {
    const cards = new Map<number, HTMLElement>()
    for (const card of root()?.querySelectorAll<HTMLElement>('[data-card]') ?? []) {
      cards.set(Number(card.dataset.card), card)
      if (cards.size > MOST * 3) break
    }
    return cards
  }

  function across(card: HTMLElement, from: DOMRect, to: DOMRect): void {
    const copy = card.cloneNode(true) as HTMLElement
    copy.removeAttribute('tabindex')
    copy.setAttribute('aria-hidden', 'true')
    delete copy.dataset.card
    copy.classList.add('board-flying')
    Object.assign(copy.style, {
      width: `${to.width}px`,
      height: `${to.height}px`,
      left: `${to.left}px`,
      top: `${to.top}px`,
    })
    document.body.append(copy)
    card.style.visibility = 'hidden'
    const done = (): void => {
      copy.remove()
      card.style.visibility = ''
    }
    copy.animate([{ transform: offset(from, to) }, { transform: 'none' }], {
      duration: MILLISECONDS,
      easing: EASE,
    }).onfinish = done
    // Whatever becomes of the animation, the card is there in the end.
    setTimeout(done, MILLISECONDS + 200)
  }

  return {
    from(ids, box) {
      for (const id of ids) carried.set(id, box)
    },
    around(ids, change) {
      if (isCalm() || ids.length > MOST || document.hidden) {
        carried.clear()
        change()
        return
      }
      const moving = new Set(ids)
      const before = new Map<number, { readonly box: DOMRect; readonly column: Element | null }>()
      for (const [id, card] of seen())
        before.set(id, { box: card.getBoundingClientRect(), column: card.closest('[data-drop]') })
      for (const [id, box] of carried) before.set(id, { box, column: null })
      carried.clear()
      change()
      void nextTick(() => {
        for (const [id, card] of seen()) {
          const was = before.get(id)
          const now = card.getBoundingClientRect()
          if (was === undefined) {
            if (moving.has(id)) card.animate([{ opacity: 0 }, { opacity: 1 }], { duration: MILLISECONDS })
            continue
          }
          if (Math.hypot(was.box.left - now.left, was.box.top - now.top) < 2) continue
          if (was.column !== card.closest('[data-drop]')) across(card, was.box, now)
          else
            card.animate([{ transform: offset(was.box, now) }, { transform: 'none' }], {
              duration: MILLISECONDS,
              easing: EASE,
            })
        }
      })
    },
  }
}

const offset = (from: DOMRect, to: DOMRect): string => `translate(${from.left - to.left}px, ${from.top - to.top}px)`

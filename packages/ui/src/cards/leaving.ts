import { onScopeDispose } from 'vue'
import { say } from '../i18n/index.ts'
import { router } from '../router.ts'
import { confirm } from '../shell/confirm.ts'
import { sliders } from '../shell/sliders.ts'

/**
 * Asks before a card with unsaved changes is left. Another card that opens over it leaves it where it is; a reload or a
 * closed window does too, as what was typed is kept.
 */
export function guardLeaving(isDirty: () => boolean, path: () => string, discard: () => void): void {
  const stop = router.beforeEach(async (to, from) => {
    if (!isDirty() || from.path !== path() || to.path === from.path) return true
    const isBelow = sliders.value.some((slider) => slider.path === to.path)
    if (to.meta.slider === true && !isBelow) return true
    const leaves = await confirm({
      title: say('cards.leaveTitle'),
      text: say('cards.leaveText'),
      action: say('cards.leave'),
      danger: true,
    })
    if (leaves) discard()
    return leaves
  })
  onScopeDispose(stop)
}

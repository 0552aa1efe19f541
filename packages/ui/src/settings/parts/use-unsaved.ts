import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router'
import { confirm } from '../../shell/confirm.ts'

/** Asks before a page with unsaved changes is left; what opens over it leaves it as it is. */
export function useUnsaved(isDirty: Ref<boolean>): void {
  const { t } = useI18n()
  async function mayLeave(to: RouteLocationNormalized, from: RouteLocationNormalized): Promise<boolean> {
    if (!isDirty.value || to.meta.slider === true || to.path === from.path) return true
    return confirm({
      title: t('settings.unsaved.title'),
      text: t('settings.unsaved.text'),
      action: t('settings.unsaved.leave'),
      danger: true,
    })
  }
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate(mayLeave)
  const warn = (event: BeforeUnloadEvent): void => {
    if (isDirty.value) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', warn))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', warn))
}

import './assets/main.css'
import b24UiPlugin from '@bitrix24/b24ui-nuxt/vue-plugin'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { onReconnected, watchConnection } from './api/connection.ts'
import { startLive } from './api/live.ts'
import { queries } from './api/queries.ts'
import App from './App.vue'
import { i18n, speakOfAll, speakPreferred } from './i18n/index.ts'
import { router } from './router.ts'
import { afterFirstPage } from './shell/after-first-page.ts'
import { rememberView } from './shell/last-view.ts'
import { rememberCard } from './shell/palette/recent.ts'
import { startTitles } from './shell/page-title.ts'
import { startPrefetch } from './shell/prefetch.ts'
import { watchProgress } from './shell/progress.ts'
import { startScrollMemory } from './shell/scroll-memory.ts'
import { startShortcuts } from './shell/shortcuts.ts'
import { startTheme } from './shell/theme.ts'
import { mendStaleBuilds } from './shell/stale-build.ts'

startTheme()
watchProgress(router)
mendStaleBuilds(router)
router.afterEach(({ path }) => {
  rememberView(path)
  rememberCard(path)
})
await speakPreferred()
router.beforeResolve(async ({ path }) => {
  if (!/\/(?:kanban|list)\/$/.test(path)) await speakOfAll()
})
createApp(App).use(router).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(b24UiPlugin).mount('#app')
startTitles()
startShortcuts()
startPrefetch()
startScrollMemory(router)
watchConnection()
onReconnected(() => void queries.invalidateQueries())
startLive()
// What will be asked for soon is fetched when nobody waits for anything else.
void router.isReady().then(() =>
  afterFirstPage(() => {
    void speakOfAll()
    void import('./shell/palette/CommandPalette.vue')
    void import('./shell/SliderStack.vue')
    void import('./timeline/reminders.ts').then(({ startReminders }) => startReminders())
  }),
)

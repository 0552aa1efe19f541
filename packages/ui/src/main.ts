import './assets/main.css'
import b24UiPlugin from '@bitrix24/b24ui-nuxt/vue-plugin'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { startLive } from './api/live.ts'
import { queries } from './api/queries.ts'
import App from './App.vue'
import { i18n, speakPreferred } from './i18n/index.ts'
import { router } from './router.ts'

await speakPreferred()
createApp(App).use(router).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(b24UiPlugin).mount('#app')
startLive()

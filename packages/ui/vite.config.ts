import { fileURLToPath } from 'node:url'
import bitrix24UIPluginVite from '@bitrix24/b24ui-nuxt/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { leanKit } from './build/lean-kit.ts'
import { rekaNamespaces } from './build/reka-namespaces.ts'

/** Modules that the first page needs whichever it is; nothing that only some pages do. */
const BASE = new RegExp(
  [
    'node_modules/(?:vue|@vue/[\\w-]+|vue-router|vue-i18n|@intlify/[\\w-]+|tailwind-variants|tailwind-merge|ohash|defu|aria-hidden)/',
    'node_modules/(?:@tanstack/(?:vue-)?query[\\w-]*|@vueuse/[\\w-]+|@floating-ui/[\\w-]+)/',
    'reka-ui/dist/(?:ConfigProvider|Collection|DismissableLayer|DropdownMenu|FocusScope|Menu|Popover|Popper|Presence|Primitive|RovingFocus|Teleport|Tooltip|VisuallyHidden|shared)/',
    'b24ui-nuxt/dist/runtime/(?:utils|composables|dictionary)/',
    'b24ui-nuxt/dist/runtime/components/(?:Avatar|Badge|Button|Chip|DashboardPanel|DropdownMenu|DropdownMenuContent|Input|Kbd|Link|LinkBase|Popover|Tooltip)\\.vue',
    'packages/ui/src/(?:api|model|shell)/[\\w-]+\\.ts',
    'packages/client/',
  ].join('|'),
)

/** Everything is served by the portal itself, below `/ui/`: no file of another origin, no script in the page. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/ui/',
  plugins: [
    rekaNamespaces(),
    leanKit(),
    vue(),
    bitrix24UIPluginVite({
      prose: false,
      mdc: false,
      // shell/theme.ts does it.
      colorMode: false,
      // What a file uses, it imports; only the kit's components are found by their names.
      autoImport: false,
      components: { dts: fileURLToPath(new URL('components.d.ts', import.meta.url)) },
      b24ui: {
        select: { slots: { root: 'w-full' } },
        selectMenu: { slots: { root: 'w-full' } },
        // The frame says how high pages are.
        dashboardPanel: { slots: { root: 'min-h-0', body: 'p-4 pt-0' } },
        // What lies beneath stays recognisable.
        slideover: { slots: { overlay: 'fixed inset-0 bg-none bg-(--portico-veil)' } },
        modal: { variants: { overlay: { true: { overlay: 'bg-(--portico-veil)' } } } },
        tooltip: {
          slots: {
            content:
              'min-h-7 px-2.5 py-1 rounded-lg text-[13px] bg-(--portico-tip) ring-(--portico-tip) text-white shadow-md',
            arrow: 'fill-(--portico-tip) stroke-(--portico-tip)',
            text: 'min-w-0',
          },
        },
        // Above what is done at the bottom of phones.
        toaster: { slots: { viewport: 'max-sm:bottom-20' } },
      } as never,
    }),
  ],
  // Messages are put together by i18n/compile.ts.
  define: {
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  resolve: { conditions: ['portico-source', 'module', 'browser', 'production', 'import', 'default'] },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    // A page that was opened before an update still finds what it was made of only if names tell contents.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs, in one file: it is smaller than in thirty.
          groups: [{ name: 'base', test: BASE }],
        },
      },
    },
  },
})

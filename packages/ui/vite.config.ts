import { fileURLToPath } from 'node:url'
import bitrix24UIPluginVite from '@bitrix24/b24ui-nuxt/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Everything is served by the portal itself, below `/ui/`: no file of another origin, no script in the page. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/ui/',
  plugins: [
    vue(),
    bitrix24UIPluginVite({
      prose: false,
      mdc: false,
      colorModeInitialValue: 'auto',
      colorModeStorageKey: 'portico-theme',
      // What a file uses, it imports; only the kit's components are found by their names.
      autoImport: false,
      components: { dts: fileURLToPath(new URL('components.d.ts', import.meta.url)) },
      b24ui: {
        select: { slots: { root: 'w-full' } },
        selectMenu: { slots: { root: 'w-full' } },
      } as never,
    }),
  ],
  resolve: { conditions: ['portico-source', 'module', 'browser', 'production', 'import', 'default'] },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    // A page that was opened before an update still finds what it was made of only if names tell contents.
    assetsInlineLimit: 0,
  },
})

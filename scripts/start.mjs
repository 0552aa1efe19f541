// `npm start`: installs what is missing, builds what is stale, then becomes the server. Arguments are the server's own:
// `npm start -- --port 9000`. Only Node's own modules may be imported before the packages are there.
import module from 'node:module'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './lib/install.mjs'

ensureInstalled()
const { bundle, ensureBuilt } = await import('./build.mjs')
try {
  await ensureBuilt()
} catch (error) {
  // esbuild has shown its own errors, with their lines, before.
  if (!error.errors) console.error(error)
  process.exit(1)
}

// From Node 22.8 on, compiled code is kept between starts.
module.enableCompileCache?.()
await import(pathToFileURL(bundle).href)

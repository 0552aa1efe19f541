// The server's version as a module: the bundle has no package.json beside it that it could read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'

export async function outputs() {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/server/package.json'), 'utf8'))
  const text = `// Made by \`npm run gen\` from package.json.\nexport const version = '${version}'\n`
  return new Map([['packages/server/src/cli/version.ts', text]])
}

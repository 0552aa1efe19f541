// A checkout as somebody else gets it, and an `npm ci` that takes no minute.
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../../lib/root.mjs'
import { ignoring } from './image.mjs'

/** Copies what a build reads: neither packages, nor what was built, nor data. */
export function copyCheckout(target) {
  const ignored = ignoring(readFileSync(join(root, '.dockerignore'), 'utf8'))
  cpSync(root, target, { recursive: true, filter: (path) => !ignored(relative(root, path)) })
}

/**
 * A directory for the PATH with an `npm` that stands for the real one: `npm ci` gives the packages that the checkout
 * has, and what was built of the same sources, which a build then keeps. Anything else is refused.
 * @returns {string} the directory
 */
export function standInForNpm(directory) {
  mkdirSync(directory, { recursive: true })
  const script = `#!/bin/sh
set -e
[ "$1" = ci ] || { echo "npm $* was not expected" >&2; exit 1; }
for each in node_modules packages/server/node_modules packages/ui/node_modules; do
  [ ! -d "$CHECKOUT/$each" ] || ln -s "$CHECKOUT/$each" "$each"
done
for each in packages/ui/dist packages/server/dist; do [ ! -d "$CHECKOUT/$each" ] || cp -R "$CHECKOUT/$each" "$each"; done
`.replaceAll('$CHECKOUT', root)
  writeFileSync(join(directory, 'npm'), script)
  chmodSync(join(directory, 'npm'), 0o755)
  return directory
}

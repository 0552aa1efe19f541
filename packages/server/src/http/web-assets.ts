import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Esbuild from 'esbuild'

/** Browser files of the portal: what `packages/server/web` is bundled into. */
export type WebAsset = 'frame.js' | 'frame.css' | 'bx24.js' | 'form.js' | 'embed.js'

export interface LoadedAsset {
  readonly body: string
  /** Changes with the body. */
  readonly version: string
}

const here = import.meta.dirname
/** Beside the bundled server, or beside the folder of its chunks; nowhere when it runs from its sources. */
const built = [join(here, 'web'), join(here, '../web')].find((directory) => existsSync(join(directory, 'bx24.js')))
const known = new Map<WebAsset, Promise<LoadedAsset>>()

/** A browser file, read once per process. */
export function webAsset(name: WebAsset): Promise<LoadedAsset> {
  let asset = known.get(name)
  if (asset === undefined) known.set(name, (asset = load(name)))
  return asset
}

async function load(name: WebAsset): Promise<LoadedAsset> {
  const body = built === undefined ? await bundle(name) : await readFile(join(built, name), 'utf8')
  return { body, version: hash('sha256', body).slice(0, 16) }
}

/** The server's own tests and `tsx` run the sources, which browsers can't: they are bundled in memory. */
async function bundle(name: WebAsset): Promise<string> {
  // Named by a variable, so that the bundled server doesn't hold a bundler that it never needs.
  const tool = 'esbuild'
  const { build } = (await import(tool)) as typeof Esbuild
  const source = join(here, '../../web', name.replace(/\.js$/, '.ts'))
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

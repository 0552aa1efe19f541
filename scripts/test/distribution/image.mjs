// Builds an image of a Dockerfile as an engine does, one instruction after another, into directories.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { makeRoot, defaultPath, run } from './container.mjs'
import { assignment, readStages } from './dockerfile.mjs'

/**
 * @param {object} build
 * @param {string} build.context directory with the Dockerfile and what it copies
 * @param {string} build.directory empty; the stages become directories in it
 * @param {(command: string, root: string) => Record<string, string> | undefined} build.replace where a command of RUN
 * is not to be run: the mounts that stand for what it would have made, by their paths, for this and all later commands
 * @returns {Promise<{ root: string, config: ImageConfig, log: string[] }>} the last stage
 * @typedef {{ env: Record<string, string>, user: string, cwd: string, volumes: string[], ports: string[],
 *   labels: Record<string, string>, health?: string[], entrypoint: string[], command: string[] }} ImageConfig
 */
export async function buildImage({ context, directory, replace }) {
  const built = new Map()
  const log = []
  const ignored = ignoring(readFileSync(join(context, '.dockerignore'), 'utf8'))
  for (const { name, base, instructions } of readStages(readFileSync(join(context, 'Dockerfile'), 'utf8'))) {
    if (built.has(base)) throw new Error(`stages on stages are not read here: ${base}`)
    const root = join(directory, name)
    makeRoot(root)
    log.push(`FROM ${base}: this machine's own system stands for it`)
    const config = { env: {}, user: '0:0', cwd: '/', volumes: [], ports: [], labels: {}, entrypoint: [], command: [] }
    let mounts = {}
    for (const { keyword, args, list, text, flags } of instructions) {
      if (keyword === 'RUN') {
        const instead = replace(text, root)
        if (instead !== undefined) {
          mounts = { ...mounts, ...instead }
          log.push(`RUN ${text}: not run; ${Object.values(instead).join(', ')} stand for what it makes`)
          continue
        }
        const { env, user, cwd } = config
        const command = list ? args : ['/bin/sh', '-c', text]
        await run({ root, command, env: { PATH: defaultPath, HOME: '/root', ...env }, cwd, user, mounts })
        log.push(`RUN ${text}`)
      } else if (keyword === 'COPY') {
        const from = flags.from === undefined ? context : built.get(flags.from)
        copy({ from, root, args, cwd: config.cwd, ignored: flags.from === undefined ? ignored : () => false })
        if (flags.chown !== undefined) spawnSync('chown', ['-R', flags.chown, join(root, args.at(-1))])
        log.push(`COPY ${text}`)
      } else configure(config, { keyword, args, list }, root)
    }
    built.set(name, root)
    if (instructions.some(({ keyword }) => keyword === 'ENTRYPOINT')) return { root, config, log }
  }
  throw new Error('no stage has an ENTRYPOINT')
}

/** The instructions that do nothing but say something about the image. */
function configure(config, { keyword, args, list }, root) {
  const pairs = () => Object.fromEntries(args.map(assignment))
  if (keyword === 'ENV') Object.assign(config.env, pairs())
  else if (keyword === 'LABEL') Object.assign(config.labels, pairs())
  else if (keyword === 'USER') config.user = args[0]
  else if (keyword === 'WORKDIR') {
    config.cwd = posix.resolve(config.cwd, args[0])
    mkdirSync(join(root, config.cwd), { recursive: true })
  } else if (keyword === 'VOLUME') config.volumes.push(...args)
  else if (keyword === 'EXPOSE') config.ports.push(...args)
  else if (keyword === 'HEALTHCHECK' && list) config.health = args
  else if (keyword === 'ENTRYPOINT' && list) config.entrypoint = args
  else if (keyword === 'CMD' && list) config.command = args
  else if (keyword !== 'ARG') throw new Error(`${keyword} ${list ? '' : '(as a line for a shell) '}is not read here`)
}

/** As COPY: a directory stands for what is in it, and several sources or a slash at the end make the target one. */
function copy({ from, root, args, cwd, ignored }) {
  const sources = args.slice(0, -1)
  const to = args.at(-1)
  const target = join(root, posix.resolve(cwd, to))
  for (const source of sources) {
    const path = join(from, source)
    const into = isDirectory(path) || !(to.endsWith('/') || sources.length > 1) ? target : join(target, basename(path))
    cpSync(path, into, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (each) => !ignored(posix.relative(from, each)),
    })
  }
}

const isDirectory = (path) => statSync(path).isDirectory()

/** @param {string} text of a .dockerignore; exceptions (`!`) are not read here */
export function ignoring(text) {
  const lines = text.split('\n').map((line) => line.trim())
  const patterns = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      if (line.startsWith('!')) throw new Error(`${line}: exceptions are not read here`)
      const source = line.replace(/^\//, '').replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      return new RegExp(`^${source.replaceAll(/(\*\*\/)|\*/g, (_, deep) => (deep ? '(?:.*/)?' : '[^/]*'))}(?:/|$)`)
    })
  return (path) => patterns.some((pattern) => pattern.test(path))
}

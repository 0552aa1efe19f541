// The lock file must install anywhere: from any registry, on every platform, on the oldest Node that we promise.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './lib/root.mjs'

/**
 * @param {{ packages: Record<string, object> }} lock a parsed package-lock.json
 * @param {[number, number]} floor major and minor of the oldest Node
 * @returns {string[]} what is wrong with it, a line each
 */
export function lockFaults(lock, floor) {
  const faults = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (/^\w+:\/\//.test(entry.resolved ?? '')) faults.push(`${path} names where it came from: ${entry.resolved}`)
    const range = entry.engines?.node
    if (range && !admits(range, floor)) faults.push(`${path} ${entry.version} wants Node ${range}`)
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      // npm drops what a registry lacks without a word, and `npm ci` refuses such a lock.
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
      if (!places.some((place) => lock.packages[place])) faults.push(`${path} lacks its optional ${name}`)
    }
  }
  return faults
}

/** Enough of semver's grammar for `engines`: alternatives of lower bounds, of which only the first bound is read. */
function admits(range, [major, minor]) {
  return range.split('||').some((alternative) => {
    const bound = /^\s*(\^|~|>=|>|=)?\s*v?(\d+)(?:\.(\d+))?/.exec(alternative)
    if (!bound) return alternative.trim() === '*'
    const [, operator = '', wantedMajor, wantedMinor = '0'] = bound
    if (Number(wantedMajor) === major) return Number(wantedMinor) <= minor
    return operator.startsWith('>') && Number(wantedMajor) < major
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
  const [major, minor = 0] = read('package.json').engines.node.replace('>=', '').split('.').map(Number)
  const faults = lockFaults(read('package-lock.json'), [major, minor])
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}

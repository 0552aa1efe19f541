import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../../lib/root.mjs'

/** A compose file of the checkout, with the variables that are given. @throws {Error} where one is missing that must be there */
export const composition = (file, env) => interpolated(parse(readFileSync(join(root, file), 'utf8')), env)

/** As Compose puts variables in: `${NAME}`, `${NAME:-default}`, `${NAME:?why}`; an empty one counts as not there. */
function interpolated(value, env) {
  if (typeof value === 'string')
    return value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, how, word) => {
      if (env[name]) return env[name]
      if (how === '?') throw new Error(`${name}: ${word}`)
      return word ?? ''
    })
  if (Array.isArray(value)) return value.map((each) => interpolated(each, env))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, interpolated(each, env)]))
}

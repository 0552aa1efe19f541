// The README's table of settings, from the table that the server itself reads them with.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { options } from '../../packages/server/src/config.ts'
import { root } from '../lib/root.mjs'

const begin = '<!-- settings: made by npm run gen -->'
const end = '<!-- /settings -->'

/** @throws {Error} when the README has lost the marks between which the table stands */
export async function outputs() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md needs the lines ${begin} and ${end}`)
  return new Map([['README.md', `${readme.slice(0, from)}${begin}\n\n${table()}\n\n${readme.slice(to)}`]])
}

/** Columns are padded as prettier pads them. */
function table() {
  const head = ['Variable', 'Flag', 'Default', 'Meaning']
  const body = Object.values(options).map(({ env, flag, placeholder, standard, about }) => [
    `\`${env}\``,
    `\`--${flag}${placeholder && ` <${placeholder}>`}\``.replaceAll('|', '\\|'),
    standard.includes(' ') ? standard : `\`${standard}\``,
    about,
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column].length)))
  const rule = widths.map((width) => '-'.repeat(width))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [head, rule, ...body].map(line).join('\n')
}

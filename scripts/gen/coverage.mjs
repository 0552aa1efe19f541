// docs/coverage.md: every documented method, and what this server makes of it. The catalogue says what is documented,
// the registry what there is, the vectors what is tested against the documentation's own requests and answers.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { methods } from '../../packages/server/src/modules/index.ts'
import { root } from '../lib/root.mjs'

const catalogue = 'catalogue/methods.json'
const vectors = 'catalogue/vectors'
/** How the names of methods begin that only Portico has. */
const EXTENSIONS = 'portico.'
const states = ['done', 'partial', 'not yet']

/** @throws {Error} when the server has a method that nobody has documented, and that is no extension by its name */
export async function outputs() {
  const documented = readJson(catalogue)
  const ours = new Map(methods.map((method) => [method.name.toLowerCase(), method]))
  const covered = vectorFiles()
  const rows = documented.map(({ method, page }) => {
    const own = ours.get(method.toLowerCase())
    ours.delete(method.toLowerCase())
    const state = own === undefined ? 'not yet' : own.partial === undefined ? 'done' : 'partial'
    return {
      method,
      page,
      state,
      note: own?.partial ?? '',
      vector: own === undefined ? undefined : covered.get(method),
    }
  })
  const [extensions, strangers] = split([...ours.values()], ({ name }) => name.startsWith(EXTENSIONS))
  if (strangers.length > 0)
    throw new Error(`${catalogue} does not know ${strangers.map(({ name }) => name).join(', ')}`)
  return new Map([['docs/coverage.md', pageOf(rows, extensions.map(({ name }) => name).sort())]])
}

function split(all, test) {
  return [all.filter(test), all.filter((each) => !test(each))]
}

function pageOf(rows, extensions) {
  const groups = [...grouped(rows)].sort(([a], [b]) => (a < b ? -1 : 1))
  const tested = rows.filter(({ vector }) => vector !== undefined).length
  const total = counts(rows)
  return `${[
    '# Coverage',
    '',
    '<!-- Made by `npm run gen` from the catalogue, the registry of methods and the test vectors. -->',
    '',
    `The official documentation describes ${rows.length} methods. Portico has ${total.done + total.partial} of them: ${total.done} whole and`,
    `${total.partial} in part, with the reason beside them. ${total['not yet']} are not there yet and answer \`ERROR_METHOD_NOT_FOUND\`.`,
    `${tested} are tested with the requests and answers that their pages show (\`${vectors}\`).`,
    '',
    ...table(
      ['Group', 'Done', 'Partial', 'Not yet'],
      [
        ...groups.map(([prefix, members]) => [`[${prefix}](#${anchorOf(prefix)})`, ...numbers(members)]),
        ['**All**', ...numbers(rows)],
      ],
    ),
    ...groups.flatMap(([prefix, members]) => ['', `## ${prefix}`, '', ...groupTable(members)]),
    '',
    '## Extensions',
    '',
    'Only Portico has these, for its own pages and tools:',
    '',
    ...extensions.map((name) => `- \`${name}\``),
  ].join('\n')}\n`
}

/** Rows by the prefix of their methods. */
function grouped(rows) {
  const groups = new Map()
  for (const row of rows) groups.set(prefixOf(row.method), [...(groups.get(prefixOf(row.method)) ?? []), row])
  return groups
}

/** The last word of a name is what is done, the words before it are to what; a lone word belongs to the system. */
function prefixOf(method) {
  return method.includes('.') ? method.slice(0, method.lastIndexOf('.')) : 'system'
}

/** As renderers of Markdown make it of a heading. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
}

function groupTable(members) {
  return table(
    ['Method', 'State', 'Tested by'],
    members.map(({ method, page, state, note, vector }) => [
      `[${method}](https://apidocs.bitrix24.com/${page.replace(/\.md$/, '.html')})`,
      note === '' ? state : `${state}: ${note.replaceAll('|', '\\|')}`,
      vector === undefined ? '' : `[${vector}](../${vectors}/${vector})`,
    ]),
  )
}

function counts(rows) {
  return Object.fromEntries(states.map((state) => [state, rows.filter((row) => row.state === state).length]))
}

function numbers(rows) {
  return Object.values(counts(rows)).map((count) => (count === 0 ? '' : String(count)))
}

function table(head, body) {
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`)
}

/** Which file has the documented requests of a method. */
function vectorFiles() {
  const names = readdirSync(join(root, vectors)).filter((name) => name.endsWith('.json'))
  return new Map(names.flatMap((name) => readJson(`${vectors}/${name}`).map(({ method }) => [method, name])))
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

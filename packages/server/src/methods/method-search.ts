import type { MethodDescription } from './method-description.ts'

/** What words mean that the names of methods don't have. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  create: ['add'],
  insert: ['add'],
  new: ['add'],
  make: ['add'],
  remove: ['delete'],
  edit: ['update'],
  change: ['update', 'set'],
  modify: ['update'],
  read: ['get', 'list'],
  fetch: ['get', 'list'],
  show: ['get', 'list'],
  find: ['list', 'search', 'findbycomm'],
  query: ['list'],
  search: ['list', 'find'],
  describe: ['fields'],
  schema: ['fields'],
  customer: ['contact', 'company', 'client'],
  client: ['contact', 'company'],
  organization: ['company'],
  organisation: ['company'],
  task: ['todo', 'activity'],
  pipeline: ['category', 'dealcategory'],
  funnel: ['category', 'dealcategory'],
  stage: ['status', 'stagehistory'],
  note: ['comment', 'note'],
  custom: ['userfield'],
  estimate: ['quote'],
  offer: ['quote', 'offer'],
  bill: ['invoice'],
  spa: ['item', 'type'],
  employee: ['user', 'employee'],
  person: ['user', 'contact'],
  webhook: ['webhook', 'event'],
  hook: ['event'],
  duplicate: ['findbycomm', 'duplicate'],
  phone: ['findbycomm'],
  email: ['findbycomm'],
  file: ['file', 'document'],
  who: ['current', 'profile'],
  list: ['get'],
  move: ['update'],
  upload: ['add'],
  attach: ['bind', 'add'],
  link: ['contact', 'company', 'binding'],
  count: ['list'],
  permission: ['rights', 'role', 'access'],
  permissions: ['rights', 'role', 'access'],
  log: ['eventlog', 'logmessage'],
  history: ['stagehistory', 'timeline'],
  price: ['price', 'productrow'],
  currency: ['currency'],
}
const unspoken = new Set(
  'a an the of to for in on by and or with all how do i am is are my can you it this that from into as at be we want need some any another please crm'.split(
    ' ',
  ),
)

interface Indexed {
  readonly method: MethodDescription
  readonly name: string
  /** The words of its name, whole and in parts. */
  readonly segments: ReadonlySet<string>
  /** The parts between the dots, as words, apart from the module. */
  readonly parts: readonly (readonly string[])[]
  readonly about: ReadonlySet<string>
  readonly params: ReadonlySet<string>
}

const wordsOf = (text: string): string[] =>
  text
    // camelCase and UPPER_CASE fall apart into words.
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
/** `companies` and `company` are one word, and so are `deals` and `deal`. */
const stem = (word: string): string => word.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
const stems = (text: string): string[] => [text.toLowerCase(), stem(text.toLowerCase()), ...wordsOf(text).map(stem)]

/** How well a word fits to a method, from 0 to 1. */
function fit({ segments, about, params }: Indexed, given: string): number {
  const word = stem(given)
  const other = meanings[given] ?? meanings[word] ?? []
  const told = about.has(word) ? 0.25 : 0
  if (segments.has(word)) return 0.75 + told
  if (other.some((each) => segments.has(each))) return 0.55 + told
  if (about.has(word)) return 0.5
  if (params.has(word)) return 0.3
  if (word.length < 4) return 0
  if ([...segments].some((segment) => segment.startsWith(word))) return 0.4
  return [...about].some((each) => each.startsWith(word)) ? 0.2 : 0
}

/** What part of a question must be answered, by the weight of its words. */
const ENOUGH = 0.35

/** A search over the names, the sentences and the parameters of methods. */
export class MethodSearch {
  readonly #all: readonly Indexed[]

  constructor(methods: readonly MethodDescription[]) {
    this.#all = methods.map((method) => {
      const parts = method.name.split('.')
      return {
        method,
        name: method.name.toLowerCase(),
        segments: new Set(parts.flatMap(stems)),
        parts: (parts.length > 2 ? parts.slice(1) : parts).map(stems),
        about: new Set(wordsOf(method.about).map(stem)),
        params: new Set(method.params.flatMap(({ name }) => stems(name))),
      }
    })
  }

  /** The best first: rare words of the question count more than those that fit to everything. */
  find(query: string): MethodDescription[] {
    const exact = query.trim().toLowerCase()
    const spoken = [...new Set(wordsOf(query))].slice(0, 12)
    const words = spoken.some((word) => !unspoken.has(word)) ? spoken.filter((word) => !unspoken.has(word)) : spoken
    const fits = words.map((word) => this.#all.map((each) => fit(each, word)))
    const weights = fits.map((values) => {
      const hits = values.filter((value) => value >= 0.5).length
      return hits === 0 ? 1 : Math.log(1 + this.#all.length / hits)
    })
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    const found = this.#all.flatMap((each, index) => {
      const asked = weights.reduce((sum, weight, word) => sum + weight * (fits[word]?.[index] ?? 0), 0)
      const named = nameValue(each, exact)
      if (named === 0 && (whole === 0 || asked / whole < ENOUGH)) return []
      return [{ method: each.method, score: asked + named - beside(each, words) }]
    })
    return found
      .sort(
        (a, b) =>
          b.score - a.score || a.method.name.length - b.method.name.length || (a.method.name < b.method.name ? -1 : 1),
      )
      .map(({ method }) => method)
  }
}

/** The question is a name, or the beginning or a part of one. */
function nameValue({ name }: Indexed, exact: string): number {
  if (name === exact) return 1000
  if (name.startsWith(`${exact}.`)) return 20
  return exact.length > 3 && /[.]/.test(exact) && name.includes(exact) ? 10 : 0
}

/** What a method is about beside what was asked for; missing and outdated ones come later. */
function beside({ method, parts }: Indexed, words: readonly string[]): number {
  const asked = new Set(
    words.flatMap((word) => [stem(word), ...(meanings[word] ?? []), ...(meanings[stem(word)] ?? [])]),
  )
  const others = parts.filter((part) => !part.some((word) => asked.has(word))).length
  const { conformance, deprecated } = method
  return others * 0.5 + (conformance.status === 'missing' ? 3 : 0) + (deprecated === undefined ? 0 : 0.2)
}

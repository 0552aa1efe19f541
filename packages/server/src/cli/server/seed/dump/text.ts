import { type Section, sections } from '../items.ts'

/** One thing of a dump. */
export interface Dumped {
  readonly section: Section
  /** Of records, what they are. */
  readonly entity: string
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly later?: Readonly<Record<string, unknown>> | undefined
  readonly absent?: true
}

export type DumpFormat = 'yaml' | 'json'

const WIDTH = 118

/** All that is said of a thing, in one map. */
const saidOf = ({ section, fields, later, absent }: Dumped): unknown =>
  section === 'portal'
    ? fields.value
    : {
        ...fields,
        ...(later === undefined || Object.keys(later).length === 0 ? {} : { later }),
        ...(absent === undefined ? {} : { absent }),
      }

/** Groups the things of a dump by section and entity, each in the order in which it comes. */
function grouped(dumped: readonly Dumped[]): [section: Section, groups: Map<string, Dumped[]>][] {
  const found = new Map<Section, Map<string, Dumped[]>>(sections.map((section) => [section, new Map()]))
  for (const each of dumped) {
    const groups = found.get(each.section)
    const entity = each.section === 'records' ? each.entity : ''
    const group = groups?.get(entity)
    if (group === undefined) groups?.set(entity, [each])
    else group.push(each)
  }
  return [...found].filter(([, groups]) => groups.size > 0)
}

/** The text of a seed. `remarks` stand at its top, where the format knows such. */
export function textOf(dumped: readonly Dumped[], format: DumpFormat, remarks: readonly string[]): string {
  const whole = grouped(dumped)
  return format === 'json' ? jsonOf(whole) : yamlOf(whole, remarks)
}

function jsonOf(whole: ReturnType<typeof grouped>): string {
  const mapOf = (things: readonly Dumped[]): object =>
    Object.fromEntries(things.map((each) => [each.name.replace(/^portal\./, ''), saidOf(each)]))
  const found = whole.map(([section, groups]) => [
    section,
    section === 'records'
      ? Object.fromEntries([...groups].map(([entity, things]) => [entity, mapOf(things)]))
      : mapOf(groups.get('') ?? []),
  ])
  return `${JSON.stringify(Object.fromEntries(found), null, 2)}\n`
}

function yamlOf(whole: ReturnType<typeof grouped>, remarks: readonly string[]): string {
  const lines = remarks.map((each) => `# ${each.replace(/\s+/g, ' ')}`)
  for (const [section, groups] of whole) {
    lines.push(`${section}:`)
    for (const [entity, things] of groups) {
      if (section === 'records') lines.push(`  ${entity}:`)
      const indent = section === 'records' ? '    ' : '  '
      for (const each of things) lines.push(...linesOf(each, indent))
    }
  }
  // An empty document is an empty seed.
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** On one line where that is short enough to be read, and otherwise part by part in the same way. */
function linesOf(thing: Dumped, indent: string): string[] {
  return pairOf(thing.name.replace(/^portal\./, ''), saidOf(thing), indent)
}

function pairOf(key: string, value: unknown, indent: string): string[] {
  const name = scalarOf(key)
  const flow = flowOf(value)
  if (flow !== undefined && indent.length + name.length + flow.length + 2 <= WIDTH) return [`${indent}${name}: ${flow}`]
  const deeper = `${indent}  `
  if (Array.isArray(value)) return [`${indent}${name}:`, ...value.flatMap((each) => entryOf(each, deeper))]
  if (isMap(value))
    return [`${indent}${name}:`, ...Object.entries(value).flatMap(([own, each]) => pairOf(own, each, deeper))]
  return [`${indent}${name}: ${scalarOf(value)}`]
}

function entryOf(value: unknown, indent: string): string[] {
  const flow = flowOf(value)
  if (flow !== undefined && indent.length + flow.length + 2 <= WIDTH) return [`${indent}- ${flow}`]
  if (!isMap(value)) return [`${indent}- ${flow ?? scalarOf(value)}`]
  const lines = Object.entries(value).flatMap(([own, each]) => pairOf(own, each, `${indent}  `))
  return lines.map((line, index) => (index === 0 ? `${indent}- ${line.slice(indent.length + 2)}` : line))
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value on one line; nothing where a text in it has lines of its own. */
function flowOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return scalarOf(value)
  const parts: string[] = []
  for (const [key, each] of Object.entries(value) as [string, unknown][]) {
    const flow = flowOf(each)
    if (flow === undefined) return undefined
    parts.push(Array.isArray(value) ? flow : `${scalarOf(key)}: ${flow}`)
  }
  const inside = parts.join(', ')
  return Array.isArray(value) ? `[${inside}]` : inside === '' ? '{}' : `{ ${inside} }`
}

/** What YAML may not take for anything else, and what JSON says in the same way, needs no quotes. */
const PLAIN = /^[A-Za-zÀ-ÖØ-öø-ÿ][\w À-ÖØ-öø-ÿ./()+@-]*$/
/** Words that YAML 1.1, which others read, takes for something else. */
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i

/** A text, a number, true, false or null, on one line. Readers of YAML 1.1 and 1.2 understand the same by it. */
function scalarOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null)
  if (value === 'Y' || value === 'N' || (PLAIN.test(value) && !WORDS.test(value) && !value.endsWith(' '))) return value
  // Control characters and what is no character at all are written as their numbers.
  if (/[^\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe]|[\u2028\u2029]/.test(value)) return escaped(value)
  return `'${value.replaceAll("'", "''")}'`
}

const escaped = (value: string): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u00a0\u2028\u2029\ufeff-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

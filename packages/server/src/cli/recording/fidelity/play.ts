import type { Command } from '../asked.ts'
import { upperOf } from '../field-classes.ts'
import type { Exchange, Recording } from '../format.ts'
import { knownFields } from '../known-fields.ts'
import { maskCode } from '../masking.ts'
import { readRecording } from '../recording-file.ts'
import { compareAnswers, type Comparing, type Found, type Unsure } from './compare.ts'
import { filled, isBeyondFilling } from './fill.ts'
import { fieldName, Ids, type Unknown } from './ids.ts'
import { type IdType, typeOfMethod } from './id-types.ts'
import { type FidelityReport, Findings, type Incomparable, type Outcome } from './report.ts'
import { isMap, type Tree } from './shape.ts'
import { commandTold, isMissing, told, type Told } from './told.ts'
import { refusedThere, startOf, unplayable } from './unplayable.ts'
import { isFuzzy } from './fuzzy.ts'
import { Caller, type Said, type Target } from './target.ts'

export interface CompareOptions {
  /** A recording, or the path of one. */
  readonly recording: Recording | string
  readonly portal: Target
  /** Told before each exchange: how many have been played, and of how many. */
  readonly onProgress?: (done: number, of: number) => void
  readonly signal?: AbortSignal
}

/**
 * Plays the recorded requests, in their order, against a portal, with its own ids in the place of the recorded ones,
 * and tells where its answers differ in keys, types, formats, codes of errors and HTTP status.
 * @throws {CommandError} where the recording cannot be read, or the portal does not answer
 */
export async function compareRecording(options: CompareOptions): Promise<FidelityReport> {
  const recording = typeof options.recording === 'string' ? await readRecording(options.recording) : options.recording
  const caller = new Caller(options.portal)
  const player = new Player(caller, recording)
  for (const [index, exchange] of recording.exchanges.entries()) {
    options.signal?.throwIfAborted()
    options.onProgress?.(index, recording.exchanges.length)
    await player.play(exchange)
  }
  return player.findings.report()
}

/** One call that was recorded: a request, or a command of a batch. */
interface Part {
  readonly seq: number
  readonly method: string
  readonly command?: string
  /** As recorded. */
  readonly params: Tree
  /** As sent here. */
  readonly sent: Tree
  readonly unknown: readonly Unknown[]
  /** It speaks of what the recording has made. */
  readonly isOfMade: boolean
  readonly own: IdType
}

const ADDS = /(^|\.)(add|register|copy|create|import)$/i
/** How many rows these answer, depends on what else there is. */
const LISTS = /(^|\.)(list|search|find\w*|count|tail|types)$|^user\.get$|^department\.get$/i
const READS =
  /(^|\.)(get|list|fields|current|info|search|count|types?|exists|scope|scopes|profile|methods|time|find\w*|getby\w*|tail|status|settings|name)$/i

class Player {
  readonly findings = new Findings()
  readonly #caller: Caller
  readonly #ids: Ids
  /** Fields of the portal's own that requests have named: these must be here as well. */
  readonly #fields = new Set<string>()
  readonly #declared = knownFields()
  #time = 0
  /** How far the clock of the recorded portal is ahead of the recorder's. */
  #ahead: number

  constructor(caller: Caller, { headers: [header], exchanges }: Recording) {
    const recordedUser = header?.userId ?? 1
    const timed = exchanges.find((each) => startOf(each) !== undefined)
    this.#ahead = timed === undefined ? 0 : (startOf(timed) ?? 0) - timed.at
    this.#caller = caller
    this.#ids = new Ids({ own: caller.userId, recorded: recordedUser })
  }

  async play(exchange: Exchange): Promise<void> {
    const reason = unplayable(exchange)
    if (reason !== undefined) return this.#incomparable(exchange, reason)
    const params = exchange.params ?? {}
    const whole = this.#part(exchange.seq, exchange.method, params)
    const commands = exchange.commands?.map((each) => ({
      label: each.label,
      part: this.#part(exchange.seq, each.method, each.params, each.label),
    }))
    const said = await this.#caller.call(
      {
        method: exchange.method,
        api: exchange.api,
        verb: exchange.verb,
        xml: exchange.xml === true,
        params: whole.sent,
        commands: commands?.map(({ label, part }): Command => ({ label, method: part.method, params: part.sent })),
      },
      this.#timeOf(exchange),
    )
    const recorded = told({ status: exchange.status, body: exchange.answer })
    const own = told(said)
    if (recorded === undefined || own === undefined) return this.#compareStatus(whole, exchange, said)
    if (commands === undefined) return this.#compare(whole, recorded, own)
    this.#compareBatch(whole, commands, recorded, own)
  }

  /** Never back: what one request has written, the next one finds in the past. */
  #timeOf(exchange: Exchange): number {
    const start = startOf(exchange)
    if (start !== undefined) this.#ahead = start - exchange.at
    return (this.#time = Math.max(this.#time, start ?? exchange.at + this.#ahead))
  }

  #part(seq: number, method: string, params: Tree, command?: string): Part {
    this.#rememberFields(params)
    const own = typeOfMethod(method, params)
    const { params: here, unknown, isOfMade } = this.#ids.translated(params, own)
    const sent = filled(here) as Tree
    return { seq, method, ...(command === undefined ? {} : { command }), params, sent, unknown, isOfMade, own }
  }

  /** `UF_CRM_X`, `ufCrmX`, and the `FIELD_NAME` that a field was made with: one field. */
  #rememberFields(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      this.#fields.add(fieldName(key))
      if (/^(FIELD_NAME|fieldName)$/.test(key) && typeof member === 'string')
        for (const name of [member, `UF_CRM_${member}`, `UF_USR_${member}`].map(fieldName)) {
          this.#fields.add(name)
          const type = entry(value as Tree, 'USER_TYPE_ID')
          if (type === 'employee') this.#ids.field(name, 'user')
        }
      this.#rememberFields(member)
    }
  }

  #compareStatus({ seq, method }: Part, exchange: Exchange, { status }: Said): void {
    const isSame = exchange.status === status
    if (!isSame)
      this.findings.differences.push({
        seq,
        method,
        path: '',
        kind: 'status',
        recorded: `HTTP ${exchange.status}`,
        own: `HTTP ${status}`,
      })
    this.findings.count(method, isSame ? 'same' : 'different')
  }

  #compare(part: Part, recorded: Told, own: Told): void {
    const reason = this.#state(part, recorded, own)
    if (reason !== undefined) {
      this.#forget(part, recorded)
      this.findings.notCompared.push({ ...about(part), path: '', ...reason })
      this.findings.count(part.method, 'incomparable')
      return
    }
    this.findings.count(part.method, this.#differences(part, recorded, own))
  }

  #differences(part: Part, recorded: Told, own: Told): Outcome {
    const differences: Found[] = []
    const unsure: Unsure[] = []
    if (recorded.status !== own.status)
      differences.push({ kind: 'status', path: '', recorded: `HTTP ${recorded.status}`, own: `HTTP ${own.status}` })
    const [there, here] = [recorded.error, this.#asMasked(own.error)]
    if (there !== here) differences.push({ kind: 'code', path: 'error', recorded: said(there), own: said(own.error) })
    if ((there === undefined) !== (here === undefined)) this.#forget(part, recorded)
    else this.#bodies(part, recorded.body, own.body, differences, unsure)
    this.#add(part, differences, unsure)
    return differences.length === 0 ? 'same' : 'different'
  }

  #bodies(part: Part, recorded: Tree, own: Tree, differences: Found[], unsure: Unsure[]): void {
    const isWrite = !READS.test(part.method)
    const start = Number(entry(part.params, 'START') ?? 0)
    const comparing: Comparing = {
      ids: this.#ids,
      own: part.own,
      isMadeField: (key) => this.#fields.has(fieldName(key)),
      isWhole:
        recorded.next === undefined &&
        own.next === undefined &&
        !(start > 0) &&
        hasNoPages(part.params) &&
        !isFuzzy(part.params),
      differences,
      unsure,
    }
    // The ids that a write answers are of what it has made.
    if (ADDS.test(part.method)) this.#learnResult(part, recorded, own)
    // How many rows there are depends on what was there before.
    const isPaged = recorded.total !== own.total || recorded.next !== own.next
    const there = isPaged ? without(recorded, 'next') : recorded
    const here = isPaged ? without(own, 'next') : own
    compareAnswers(
      there,
      here,
      comparing,
      '',
      isWrite ? part.method !== 'batch' : part.isOfMade && !LISTS.test(part.method),
    )
  }

  #learnResult({ own: type }: Part, recorded: Tree, own: Tree): void {
    const [there, here] = [recorded.result, own.result]
    if (
      (typeof there === 'number' || typeof there === 'string') &&
      (typeof here === 'number' || typeof here === 'string')
    )
      this.#ids.learn(type, there, here, true)
  }

  /** What was made there and is not here. */
  #forget({ own: type, method, seq }: Part, { body, error }: Told): void {
    if (error !== undefined || !ADDS.test(method)) return
    const { result } = body
    const found = isMap(result) ? (isMap(result.item) ? result.item.id : (result.id ?? result.ID)) : result
    if (typeof found === 'number' || typeof found === 'string') this.#ids.forget(type, found, seq)
  }

  #compareBatch(
    whole: Part,
    commands: readonly { readonly label: string; readonly part: Part }[],
    recorded: Told,
    own: Told,
  ): void {
    const [there, here] = [recorded.body.result, own.body.result]
    if (!isMap(there) || !isMap(here)) return this.#compare(whole, recorded, own)
    // The parts are compared command by command, and here only the whole.
    const bare = (result: Tree): Tree => Object.fromEntries(Object.keys(result).map((name) => [name, []]))
    const outcome = this.#differences(
      whole,
      { ...recorded, body: { ...recorded.body, result: bare(there) } },
      { ...own, body: { ...own.body, result: bare(here) } },
    )
    this.findings.count(whole.method, outcome)
    for (const { label, part } of commands) {
      // Ids that earlier commands have made are known only now.
      const again = { ...part, unknown: part.unknown.filter(({ type, id }) => this.#ids.own(type, id) === undefined) }
      const [answer, ours] = [commandTold(there, label), commandTold(here, label)]
      if (answer === undefined && ours === undefined) continue
      if (answer !== undefined && ours !== undefined) this.#compare(again, answer, ours)
      else if (answer === undefined || ours === undefined) {
        // One of the two has halted before it came to this.
        const text = `not run ${answer === undefined ? 'there' : 'here'}: the batch had halted`
        this.findings.notCompared.push({ ...about(again), path: '', why: 'state', text })
        this.findings.count(again.method, 'incomparable')
        if (answer !== undefined) this.#forget(again, answer)
      }
    }
  }

  /** Why two answers cannot be compared, where the portal was not in the same state. */
  #state(part: Part, recorded: Told, own: Told): Pick<Incomparable, 'why' | 'text'> | undefined {
    const refused = refusedThere(recorded.error)
    if (refused !== undefined) return refused
    if (recorded.error === own.error || (recorded.error !== undefined && recorded.error === this.#asMasked(own.error)))
      return undefined
    if (recorded.error !== undefined && /access.?denied/i.test(recorded.error))
      return { why: 'rights', text: `${recorded.error}: whose webhook was recorded may do less` }
    if (own.error === undefined) {
      const unknown = part.unknown[0]
      return unknown === undefined ? undefined : { why: 'state', text: this.#named(unknown) }
    }
    const unknown = part.unknown[0]
    if (unknown !== undefined && (recorded.error === undefined || isMissing(own)))
      return { why: 'state', text: this.#named(unknown) }
    const beyond = recorded.error === undefined ? isBeyondFilling(part.params) : undefined
    if (beyond === 'content')
      return { why: 'file', text: `a file's content was not recorded, and ${said(own.error)} is answered here` }
    if (beyond === 'secret')
      return { why: 'secret', text: `a secret was not recorded, and ${said(own.error)} is answered here` }
    return undefined
  }

  #named(unknown: Unknown): string {
    const at = this.#ids.failedAt(unknown)
    const name = `${unknown.type} ${unknown.id}`
    return at === undefined ? `${name} was there before` : `${name} was not made here by request ${at}`
  }

  /** Codes that are sentences were recorded without what they quote. */
  #asMasked(code: string | undefined): string | undefined {
    return code === undefined ? undefined : maskCode(code, { declared: this.#declared })
  }

  #add(part: Part, differences: readonly Found[], unsure: readonly Unsure[]): void {
    const seen = new Set<string>()
    for (const each of differences) {
      const name = `${each.kind} ${each.path} ${each.recorded} ${each.own}`
      if (!seen.has(name)) this.findings.differences.push({ ...about(part), ...each })
      seen.add(name)
    }
    for (const each of unsure) {
      const name = `${each.path} ${each.text}`
      if (!seen.has(name)) this.findings.notCompared.push({ ...about(part), ...each, why: 'state' })
      seen.add(name)
    }
  }

  #incomparable({ seq, method, commands }: Exchange, reason: Pick<Incomparable, 'why' | 'text'>): void {
    this.findings.notCompared.push({ seq, method, path: '', ...reason })
    this.findings.count(method, 'incomparable')
    for (const each of commands ?? []) this.findings.count(each.method, 'incomparable')
  }
}

const about = ({ seq, method, command }: Part) => ({ seq, method, ...(command === undefined ? {} : { command }) })
const said = (code: string | undefined): string =>
  code === undefined ? 'no error' : code === '' ? 'an error without a code' : code

const entry = (map: Tree, name: string): unknown => Object.entries(map).find(([key]) => upperOf(key) === name)?.[1]
const hasNoPages = (params: Tree): boolean =>
  entry(params, 'PAGINATION') === undefined &&
  entry(params, 'LIMIT') === undefined &&
  entry(params, 'OFFSET') === undefined

const without = (body: Tree, name: string): Tree =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))

import type { Asked } from './asked.ts'
import type { Exchange } from './format.ts'
import { placeholderIn } from './placeholders.ts'
import { isOfKind } from './value-shapes.ts'

/** How a request fits a recorded one. */
export interface Fit {
  /** What differs, in words; none where it fits. */
  readonly differences: readonly string[]
  /** What the recorded placeholders stand for in this request. */
  readonly bound: ReadonlyMap<string | number, string | number>
}

type Map_ = Readonly<Record<string, unknown>>

/**
 * Compares decoded parameters: how they were sent does not matter, nor the order of keys; text and number are one, as
 * forms know texts only; a list is a map of numbers; and what is empty may be missing, as forms cannot send it.
 * @param any names, in small letters, of parameters and fields that may differ
 */
export function fit(recorded: Exchange, asked: Asked, any: ReadonlySet<string> = new Set()): Fit {
  const comparison = new Comparison(any)
  if ((recorded.unread ?? '') !== (asked.unread ?? ''))
    comparison.differences.push(`its body was ${recorded.unread ?? 'read'} and is ${asked.unread ?? 'read'}`)
  comparison.maps(recorded.params ?? {}, asked.params ?? {}, '', true)
  const commands = asked.commands ?? []
  const count = recorded.commands?.length ?? 0
  if (count !== commands.length) comparison.differences.push(`it had ${count} commands and has ${commands.length}`)
  for (const [index, each] of (recorded.commands ?? []).entries()) {
    const command = commands[index]
    if (command === undefined) break
    const path = `cmd[${command.label}]`
    comparison.value(each.label, command.label, path)
    if (each.method.toLowerCase() !== command.method.toLowerCase())
      comparison.differences.push(`${path} was ${each.method} and is ${command.method}`)
    else comparison.maps(each.params, command.params, `${path}.`, true)
  }
  return { differences: comparison.differences, bound: comparison.bound }
}

class Comparison {
  readonly differences: string[] = []
  readonly bound = new Map<string | number, string | number>()
  readonly #any: ReadonlySet<string>

  constructor(any: ReadonlySet<string>) {
    this.#any = any
  }

  maps(recorded: Map_, sent: Map_, before: string, isTop = false): void {
    const name = (key: string): string => (isTop ? key.toLowerCase() : key)
    const rest = new Map(Object.entries(sent).map(([key, value]) => [name(key), { key, value }]))
    const strange: (readonly [string, unknown])[] = []
    for (const [key, value] of Object.entries(recorded)) {
      const found = rest.get(name(key))
      if (found !== undefined) {
        rest.delete(name(key))
        if (!this.#isAny(key)) this.value(value, found.value, `${before}${found.key}`)
      } else if (placeholderIn(key)?.kind === 'key') strange.push([key, value])
      else if (!isNothing(value) && !this.#isAny(key)) this.differences.push(`${before}${key} is missing`)
    }
    // Keys that nobody may read: any others, in their order.
    for (const [key, value] of strange) {
      const [first] = rest
      if (first === undefined) {
        this.differences.push(`${before}${key} is missing`)
        continue
      }
      rest.delete(first[0])
      this.#bind(key, first[1].key, before)
      this.value(value, first[1].value, `${before}${first[1].key}`)
    }
    for (const { key, value } of rest.values())
      if (!isNothing(value) && !this.#isAny(key)) this.differences.push(`${before}${key} was not sent then`)
  }

  value(recorded: unknown, sent: unknown, path: string): void {
    if (isMap(recorded) || isMap(sent)) {
      if (isMap(recorded) && isMap(sent)) this.maps(recorded, sent, `${path}.`)
      else if (!(isNothing(recorded) && isNothing(sent)))
        this.differences.push(`${path} ${isMap(recorded) ? 'held values and is one' : 'was one value and holds some'}`)
      return
    }
    if (scalar(recorded) === scalar(sent)) return
    const placeholder = placeholderIn(recorded)
    if (placeholder === undefined) this.differences.push(`${path} was ${shown(recorded)} and is ${shown(sent)}`)
    else if (!isOfKind(sent, placeholder.kind))
      this.differences.push(`${path} was ${words[placeholder.kind]} and is ${shown(sent)}`)
    else if (placeholder.kind !== 'secret') this.#bind(recorded as string | number, sent as string | number, path)
  }

  #bind(placeholder: string | number, value: string | number, path: string): void {
    const known = this.bound.get(placeholder)
    if (known !== undefined && String(known) !== String(value))
      this.differences.push(`${path} was the same as another value of the request and is not`)
    else this.bound.set(placeholder, value)
  }

  #isAny(key: string): boolean {
    return this.#any.size > 0 && this.#any.has(key.toLowerCase().replace(/^[!@%=<>?*~^+-]+/, ''))
  }
}

const words: Readonly<Record<string, string>> = {
  text: 'a text',
  digits: 'a text of digits',
  number: 'a number',
  email: 'an e-mail address',
  phone: 'a phone number',
  url: 'a URL',
  path: 'a path',
  ip: 'an IP address',
  ipv6: 'an IP address',
  file: "a file's name",
  content: "a file's content",
  date: 'a date',
  key: 'a key',
  secret: 'a secret',
}

/** A list, too. */
const isMap = (value: unknown): value is Map_ => typeof value === 'object' && value !== null

const isNothing = (value: unknown): boolean =>
  value === undefined || (isMap(value) && Object.values(value).every((each) => isMap(each) && isNothing(each)))

/** As forms send it. */
const scalar = (value: unknown): string =>
  value === null || value === undefined || value === false
    ? ''
    : value === true
      ? '1'
      : value === '0'
        ? '0'
        : String(value as string | number)

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

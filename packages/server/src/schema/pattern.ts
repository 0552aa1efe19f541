import { isWord, PatternError, PatternParser, type Edge, type Node, type Test } from './pattern-parser.ts'

const MAX_LENGTH = 500
const MAX_PROGRAM = 2000
const MAX_STEPS = 20_000

type Instruction =
  { do: 'char'; test: Test } | { do: 'edge'; edge: Edge } | { do: 'split'; to: number; or: number } | { do: 'match' }

/** `/^[a-z]+$/i` as PHP writes it, or the bare expression; flags `i`, `m`, `s`, `u`. */
function split(source: string): { body: string; flags: string } {
  const found = /^([/#~!@%])([\s\S]*)\1([a-zA-Z]*)$/.exec(source.trim())
  return found === null ? { body: source, flags: '' } : { body: found[2] ?? '', flags: found[3] ?? '' }
}

function compile(node: Node): Instruction[] {
  const program: Instruction[] = []
  const add = (instruction: Instruction): number => {
    if (program.length >= MAX_PROGRAM) throw new PatternError('the expression is too large')
    return program.push(instruction) - 1
  }
  const splitAt = (index: number): { to: number; or: number } => program[index] as { to: number; or: number }
  let steps = 0
  const emit = (each: Node): void => {
    // Nothing at all, a thousand times a thousand times, would take its time too.
    if (++steps > MAX_STEPS) throw new PatternError('the expression is too large')
    switch (each.is) {
      case 'char':
        add({ do: 'char', test: each.test })
        break
      case 'edge':
        add({ do: 'edge', edge: each.edge })
        break
      case 'all':
        each.parts.forEach(emit)
        break
      case 'any': {
        const ends: number[] = []
        each.options.forEach((option, index) => {
          const fork = index < each.options.length - 1 ? add({ do: 'split', to: program.length + 1, or: 0 }) : undefined
          emit(option)
          if (fork === undefined) return
          ends.push(add({ do: 'split', to: 0, or: 0 }))
          splitAt(fork).or = program.length
        })
        for (const end of ends) Object.assign(splitAt(end), { to: program.length, or: program.length })
        break
      }
      case 'repeat': {
        for (let n = 0; n < each.min; n++) emit(each.node)
        if (each.max === Infinity) {
          const fork = add({ do: 'split', to: program.length + 1, or: 0 })
          emit(each.node)
          add({ do: 'split', to: fork, or: fork })
          splitAt(fork).or = program.length
          break
        }
        const forks: number[] = []
        for (let n = each.min; n < each.max; n++) {
          forks.push(add({ do: 'split', to: program.length + 1, or: 0 }))
          emit(each.node)
        }
        for (const fork of forks) splitAt(fork).or = program.length
      }
    }
  }
  emit(node)
  add({ do: 'match' })
  return program
}

/**
 * Regular expressions that people put into the settings of fields. They run in time proportional to the text, whatever
 * the pattern: all alternatives are followed at once, none is ever tried again, so no pattern can stop the server.
 * The price is that back references and looking around aren't understood; such a pattern is refused when it is set.
 */
export class Pattern {
  readonly #program: readonly Instruction[]
  readonly #lines: boolean

  /** Throws {@link PatternError} when the expression is none, too large, or needs what isn't supported. */
  constructor(source: string) {
    if (source.length > MAX_LENGTH) throw new PatternError(`the expression is longer than ${MAX_LENGTH} characters`)
    const { body, flags } = split(source)
    if (/[^imsu]/.test(flags)) throw new PatternError('only the flags i, m, s and u are supported')
    this.#lines = flags.includes('m')
    this.#program = compile(new PatternParser(body, flags).parse())
  }

  /** Whether the expression matches somewhere in the text. */
  test(text: string): boolean {
    const chars = [...text]
    let current = new Set<number>()
    for (let at = 0; ; at++) {
      // A match may begin anywhere: every position starts the program anew.
      if (this.#follow(0, current, chars, at)) return true
      if (at >= chars.length) return false
      const next = new Set<number>()
      const char = chars[at] as string
      for (const index of current) {
        const instruction = this.#program[index]
        if (instruction?.do !== 'char' || !instruction.test(char)) continue
        if (this.#follow(index + 1, next, chars, at + 1)) return true
      }
      current = next
    }
  }

  /** Adds all instructions that are reached without reading a character; tells whether the end is among them. */
  #follow(start: number, into: Set<number>, chars: readonly string[], at: number): boolean {
    const waiting = [start]
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (into.has(index)) continue
      into.add(index)
      const instruction = this.#program[index] as Instruction
      if (instruction.do === 'match') return true
      if (instruction.do === 'split') waiting.push(instruction.or, instruction.to)
      if (instruction.do === 'edge' && this.#isAt(instruction.edge, chars, at)) waiting.push(index + 1)
    }
    return false
  }

  #isAt(edge: Edge, chars: readonly string[], at: number): boolean {
    const before = chars[at - 1]
    const after = chars[at]
    if (edge === 'start') return at === 0 || (this.#lines && before === '\n')
    if (edge === 'end') return at === chars.length || (after === '\n' && (this.#lines || at === chars.length - 1))
    const boundary = isWord(before ?? '') !== isWord(after ?? '')
    return boundary === (edge === 'word')
  }
}

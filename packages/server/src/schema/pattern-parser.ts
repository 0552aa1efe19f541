/** A pattern that isn't understood; the message says why. */
export class PatternError extends Error {
  override name = 'PatternError'
}

const MAX_REPEAT = 1000

export type Test = (char: string) => boolean
export type Edge = 'start' | 'end' | 'word' | 'inside'
/** What an expression means, as a tree. */
export type Node =
  | { readonly is: 'char'; readonly test: Test }
  | { readonly is: 'edge'; readonly edge: Edge }
  | { readonly is: 'all'; readonly parts: readonly Node[] }
  | { readonly is: 'any'; readonly options: readonly Node[] }
  | { readonly is: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }

export const isWord: Test = (char) => /^\w$/.test(char)
const classes: Readonly<Record<string, Test>> = {
  d: (char) => /^\d$/.test(char),
  w: isWord,
  s: (char) => /^\s$/.test(char),
  h: (char) => char === ' ' || char === '\t',
}
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', e: '\u001b' }

const code = (char: string): number => char.codePointAt(0) ?? 0

/** Reads the text of an expression, without its delimiters. */
export class PatternParser {
  readonly #chars: readonly string[]
  readonly #fold: boolean
  readonly #dotAll: boolean
  #at = 0

  constructor(body: string, flags: string) {
    this.#chars = [...body]
    this.#fold = flags.includes('i')
    this.#dotAll = flags.includes('s')
  }

  parse(): Node {
    const node = this.#alternatives()
    if (this.#at < this.#chars.length) throw new PatternError('a parenthesis is closed that was not opened')
    return node
  }

  #peek(): string | undefined {
    return this.#chars[this.#at]
  }

  #take(): string {
    const char = this.#chars[this.#at++]
    if (char === undefined) throw new PatternError('the expression ends too early')
    return char
  }

  #eat(text: string): boolean {
    if (
      !this.#chars
        .slice(this.#at, this.#at + text.length)
        .join('')
        .startsWith(text)
    )
      return false
    this.#at += text.length
    return true
  }

  #alternatives(): Node {
    const options: Node[] = []
    do {
      const parts: Node[] = []
      while (this.#peek() !== undefined && this.#peek() !== '|' && this.#peek() !== ')') parts.push(this.#repeated())
      options.push({ is: 'all', parts })
    } while (this.#eat('|'))
    return options.length === 1 ? (options[0] as Node) : { is: 'any', options }
  }

  #repeated(): Node {
    let node = this.#single()
    for (;;) {
      const bounds = this.#quantifier()
      if (bounds === undefined) return node
      if (node.is === 'edge') throw new PatternError('an edge can not be repeated')
      node = { is: 'repeat', node, ...bounds }
      // Lazy or not, the same texts match.
      this.#eat('?')
      if (this.#peek() === '+') throw new PatternError('possessive repetition is not supported')
    }
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#eat('*')) return { min: 0, max: Infinity }
    if (this.#eat('+')) return { min: 1, max: Infinity }
    if (this.#eat('?')) return { min: 0, max: 1 }
    const found = /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(this.#chars.slice(this.#at, this.#at + 16).join(''))
    if (found === null) return undefined
    this.#at += found[0].length
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3])
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT) || min > max)
      throw new PatternError(`{${min},${max}} is out of range`)
    return { min, max }
  }

  #single(): Node {
    const char = this.#take()
    switch (char) {
      case '(':
        return this.#group()
      case '[':
        return this.#char(this.#set())
      case '.':
        return { is: 'char', test: this.#dotAll ? () => true : (each) => each !== '\n' }
      case '^':
        return { is: 'edge', edge: 'start' }
      case '$':
        return { is: 'edge', edge: 'end' }
      case '*':
      case '+':
      case '?':
        throw new PatternError('there is nothing to repeat')
      case '\\':
        return this.#escaped()
      default:
        return this.#char((each) => each === char)
    }
  }

  #group(): Node {
    if (this.#eat('?')) {
      const named = /^(?:P?<[A-Za-z_]\w*>|:)/.exec(this.#chars.slice(this.#at, this.#at + 40).join(''))
      if (named === null) throw new PatternError('looking around and other special groups are not supported')
      this.#at += named[0].length
    }
    const node = this.#alternatives()
    if (!this.#eat(')')) throw new PatternError('a parenthesis is not closed')
    return node
  }

  #escaped(): Node {
    const char = this.#take()
    if (char === 'b') return { is: 'edge', edge: 'word' }
    if (char === 'B') return { is: 'edge', edge: 'inside' }
    if (char === 'A') return { is: 'edge', edge: 'start' }
    if (char === 'z' || char === 'Z') return { is: 'edge', edge: 'end' }
    this.#at--
    const meant = this.#escape()
    return this.#char(typeof meant === 'string' ? (each) => each === meant : meant)
  }

  /** A class of characters or the one that is meant; `\` has been read. */
  #escape(): Test | string {
    const char = this.#take()
    const lower = char.toLowerCase()
    const test = Object.hasOwn(classes, lower) ? classes[lower] : undefined
    if (test !== undefined) return char === lower ? test : (each) => !test(each)
    if (lower === 'p') return this.#property(char === 'P')
    if (char === 'x') {
      const found = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(
        this.#chars.slice(this.#at, this.#at + 8).join(''),
      )
      const code = found === null ? NaN : parseInt(found[1] ?? found[2] ?? '', 16)
      if (found === null || code > 0x10ffff) throw new PatternError('a character number is expected after \\x')
      this.#at += found[0].length
      return String.fromCodePoint(code)
    }
    if (Object.hasOwn(controls, char)) return controls[char] as string
    if (/^[A-Za-z0-9]$/.test(char)) throw new PatternError(`\\${char} is not supported`)
    return char
  }

  #property(negate: boolean): Test {
    const rest = this.#chars.slice(this.#at, this.#at + 40).join('')
    const found = /^(?:\{(\^?)([A-Za-z_]+)\}|([LMNPSZC]))/.exec(rest)
    if (found === null) throw new PatternError('a property is expected after \\p')
    this.#at += found[0].length
    const name = found[2] ?? found[3] ?? ''
    let one: RegExp
    try {
      one = new RegExp(`^\\p{${/^[A-Z][a-z]?$/.test(name) ? name : `Script=${name}`}}$`, 'u')
    } catch {
      throw new PatternError(`\\p{${name}} is not known`)
    }
    return (each) => one.test(each) !== (negate !== (found[1] === '^'))
  }

  #set(): Test {
    const negate = this.#eat('^')
    const tests: Test[] = []
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#eat('[:')) throw new PatternError('named classes are not supported')
      const from = this.#member()
      if (typeof from !== 'string') tests.push(from)
      else if (this.#peek() === '-' && this.#chars[this.#at + 1] !== ']') {
        this.#at++
        const to = this.#member()
        if (typeof to !== 'string' || code(to) < code(from)) throw new PatternError('a range is out of order')
        tests.push((each) => code(each) >= code(from) && code(each) <= code(to))
      } else tests.push((each) => each === from)
    }
    this.#at++
    return (each) => tests.some((test) => test(each)) !== negate
  }

  #member(): Test | string {
    const char = this.#take()
    if (char !== '\\') return char
    if (this.#eat('b')) return '\b'
    return this.#escape()
  }

  #char(test: Test): Node {
    return {
      is: 'char',
      test: this.#fold ? (each) => test(each) || test(each.toLowerCase()) || test(each.toUpperCase()) : test,
    }
  }
}

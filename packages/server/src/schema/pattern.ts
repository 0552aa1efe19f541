import { RE2JS } from 're2js'

const MAX_LENGTH = 500
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  u: 0,
}

/** An expression that is not understood, or that no engine without backtracking can run. */
export class PatternError extends Error {}

/** `/^[a-z]+$/i` as PHP writes it, or the bare expression; flags `i`, `m`, `s`, `u`. */
function split(source: string): { body: string; flags: string } {
  const found = /^([/#~!@%])([\s\S]*)\1([a-zA-Z]*)$/.exec(source.trim())
  return found === null ? { body: source, flags: '' } : { body: found[2] ?? '', flags: found[3] ?? '' }
}

/**
 * The regular expression of a text field's settings. Whoever may make fields writes it and whoever fills them feeds it,
 * so it runs on RE2's algorithm, in time proportional to the text: back references and look-arounds are refused.
 */
export class Pattern {
  readonly source: string
  readonly #compiled: RE2JS

  constructor(source: string) {
    this.source = source
    if (source.length > MAX_LENGTH) throw new PatternError(`the expression is longer than ${MAX_LENGTH} characters`)
    const { body, flags } = split(source)
    let bits = 0
    for (const flag of flags) {
      const bit = FLAGS[flag]
      if (bit === undefined) throw new PatternError(`the flag ${flag} is not known`)
      bits |= bit
    }
    try {
      this.#compiled = RE2JS.compile(body, bits)
    } catch (cause) {
      throw new PatternError(cause instanceof Error ? cause.message : 'the expression is not understood')
    }
  }

  /** Whether the expression matches somewhere in the text. */
  test(text: string): boolean {
    return this.#compiled.matcher(text).find()
  }
}

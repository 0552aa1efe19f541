import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pattern, PatternError } from '../../src/schema/pattern.ts'

describe('a pattern', () => {
  const cases: readonly [pattern: string, yes: readonly string[], no: readonly string[]][] = [
    ['abc', ['abc', 'xxabcxx'], ['ab', '']],
    ['^abc$', ['abc'], ['xabc', 'abcx', 'abc\n']],
    ['/^abc$/i', ['ABC', 'aBc'], ['ab']],
    ['#^a/b$#', ['a/b'], ['a#b']],
    ['^a*$', ['', 'aaa'], ['ab']],
    ['^a+?b??$', ['a', 'ab', 'aab'], ['b', 'abb']],
    ['^(ab|cd)+$', ['abcd'], ['abc', '']],
    ['^(?:a|b|)c$', ['ac', 'bc', 'c'], ['abc']],
    ['^(?<year>\\d{4})-(?P<month>\\d{2})$', ['2026-07'], ['26-07', '2026-7']],
    ['^x{2,3}$', ['xx', 'xxx'], ['x', 'xxxx']],
    ['^x{2,}$', ['xx', 'xxxxx'], ['x']],
    ['^x{,2}$', ['x{,2}'], ['xx']],
    ['^[a-c_\\-\\]]+$', ['abc_-]'], ['d', '[']],
    ['^[^\\s,]+$', ['ab!'], ['a b', 'a,b', '']],
    ['^[]a]$', [']', 'a'], ['b']],
    ['^[a-]$', ['a', '-'], ['b']],
    ['^.$', ['ä', '😀'], ['ab', '\n']],
    ['/^.$/s', ['\n'], ['']],
    ['/^b$/m', ['a\nb\nc'], ['abc']],
    ['\\bcat\\b', ['a cat.', 'cat'], ['concat', 'cats']],
    ['\\Bcat', ['concat'], ['a cat']],
    ['^\\+\\d+\\.$', ['+12.'], ['12.', '+12']],
    ['^\\x41\\x{1F600}\\t$', ['A😀\t'], ['A😀']],
    ['^\\p{L}+\\p{Cyrillic}\\P{L}$', ['äи1'], ['äи', '1и1']],
    ['^\\D\\W\\S$', ['a!b'], ['1!b']],
    ['^(a?){3}$', ['', 'aaa'], ['aaaa']],
    ['^(|a)+$', ['', 'aa'], ['b']],
    ['', ['', 'anything'], []],
  ]
  it.each(cases)('%s', (source, yes, no) => {
    const pattern = new Pattern(source)
    for (const text of yes) expect([text, pattern.test(text)]).toEqual([text, true])
    for (const text of no) expect([text, pattern.test(text)]).toEqual([text, false])
  })

  it.each([
    ['(a)\\1'],
    ['(?=a)'],
    ['(?!a)'],
    ['(?<=a)b'],
    ['(?>a)'],
    ['a++'],
    ['(a'],
    ['a)'],
    ['[a'],
    ['[z-a]'],
    ['*a'],
    ['\\'],
    ['a{3,2}'],
    ['a{1001}'],
    ['\\p{Nonsense}'],
    ['\\q'],
    ['/a/x'],
    ['(((a{100}){100}){100})'],
    ['((((){1000}){1000}){1000})'],
    ['a'.repeat(501)],
  ])('%s is refused', (source) => {
    expect(() => new Pattern(source)).toThrow(PatternError)
  })

  it('takes time in proportion to the text, whatever it is', () => {
    const text = `${'a'.repeat(5000)}!`
    for (const source of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^a*a*a*a*a*a*b', '(.*)*x'])
      expect(new Pattern(source).test(text)).toBe(false)
  })

  it('agrees with the engine of the language where both understand it', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '(a|b)', '(?:ab)', '(a*)', '(|b)')
    const part = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '*?'))
      .map(([one, repeat]) => one + repeat)
    const source = fc
      .tuple(fc.constantFrom('', '^'), fc.array(part, { maxLength: 4 }), fc.constantFrom('', '$', '|b', '\\b'))
      .map(([from, parts, to]) => from + parts.join('') + to)
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', '1', ' '), maxLength: 8 }), (given, text) => {
        expect(new Pattern(given).test(text)).toBe(new RegExp(given).test(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('is never anything but a pattern or refused', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
        fc.string({ maxLength: 20 }),
        (source, text) => {
          let pattern: Pattern
          try {
            pattern = new Pattern(source)
          } catch (cause) {
            expect(cause).toBeInstanceOf(PatternError)
            return
          }
          expect(pattern.test(text)).toBeTypeOf('boolean')
        },
      ),
      { numRuns: 2000 },
    )
  })
})

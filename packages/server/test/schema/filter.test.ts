import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FilterError, parseFilter, splitKey } from '../../src/schema/filter.ts'
import type { Condition, FilterNode, FilterOp, Group } from '../../src/schema/filter.ts'

const flat = { nested: false }
const nested = { nested: true }

const condition = (key: string, op: FilterOp, field: string, value: unknown): Condition => ({
  kind: 'condition',
  op,
  field,
  value,
  key,
})
const and = (...members: FilterNode[]): Group => ({ kind: 'group', logic: 'AND', members })
const or = (...members: FilterNode[]): Group => ({ kind: 'group', logic: 'OR', members })

describe('splitKey', () => {
  it.each<[string, FilterOp]>([
    ['', 'eq'],
    ['=', 'eq'],
    ['!', 'ne'],
    ['!=', 'ne'],
    ['@', 'in'],
    ['!@', 'notIn'],
    ['>', 'gt'],
    ['>=', 'gte'],
    ['<', 'lt'],
    ['<=', 'lte'],
    ['%', 'contains'],
    ['=%', 'like'],
    ['%=', 'like'],
    ['!%', 'notContains'],
    ['!=%', 'notLike'],
    ['!%=', 'notLike'],
    ['><', 'between'],
    ['!><', 'notBetween'],
    ['?', 'search'],
  ])('reads the prefix %j as %s', (prefix, op) => {
    expect(splitKey(`${prefix}STAGE_ID`)).toEqual({ op, field: 'STAGE_ID', bare: prefix === '' })
  })

  it('keeps everything after the prefix as the name of the field', () => {
    expect(splitKey('=!ID')).toEqual({ op: 'eq', field: '!ID', bare: false })
    expect(splitKey('>')).toEqual({ op: 'gt', field: '', bare: false })
    expect(splitKey('')).toEqual({ op: 'eq', field: '', bare: true })
  })
})

describe('the value of a condition', () => {
  it.each<[string, unknown, FilterOp, unknown]>([
    ['F', 'a', 'eq', 'a'],
    ['=F', 'a', 'eq', 'a'],
    ['F', ['a', 'b'], 'in', ['a', 'b']],
    ['=F', ['a', 'b'], 'in', ['a', 'b']],
    ['F', { x: 'a', 7: 'b' }, 'in', ['b', 'a']],
    ['F', [], 'in', []],
    ['!F', 'a', 'ne', 'a'],
    ['!=F', '', 'ne', ''],
    ['!F', ['a'], 'notIn', ['a']],
    ['!=F', ['a'], 'notIn', ['a']],
    ['@F', ['a'], 'in', ['a']],
    ['@F', 'a', 'in', ['a']],
    ['@F', null, 'in', [null]],
    ['@F', { 0: 1, 1: 6 }, 'in', [1, 6]],
    ['!@F', ['a'], 'notIn', ['a']],
    ['!@F', 'a', 'notIn', ['a']],
    ['>F', 5, 'gt', 5],
    ['>=F', '2026-01-01', 'gte', '2026-01-01'],
    ['<F', 5, 'lt', 5],
    ['<=F', 5, 'lte', 5],
    ['%F', '50%', 'contains', '50%'],
    ['%F', ['a', 'b'], 'contains', ['a', 'b']],
    ['=%F', 'a%', 'like', 'a%'],
    ['%=F', 'a%', 'like', 'a%'],
    ['!%F', 'a', 'notContains', 'a'],
    ['!=%F', '%a', 'notLike', '%a'],
    ['!%=F', '%a', 'notLike', '%a'],
    ['><F', [1, 9], 'between', [1, 9]],
    ['><F', { from: 1, to: 9 }, 'between', [1, 9]],
    ['!><F', [1, 9], 'notBetween', [1, 9]],
    ['?F', 'a b', 'search', 'a b'],
    ['F', false, 'eq', false],
    ['F', null, 'eq', null],
  ])('%j: %j becomes %s %j, in both grammars', (key, value, op, expected) => {
    const group = and(condition(key, op, 'F', expected))
    expect(parseFilter({ [key]: value }, flat)).toEqual(group)
    expect(parseFilter({ [key]: value }, nested)).toEqual(group)
  })

  it('stays as it is when it is an object of its own', () => {
    const exact = new (class Exact {
      value = '1.10'
    })()
    expect(parseFilter({ F: exact }, flat)).toEqual(and(condition('F', 'eq', 'F', exact)))
  })
})

describe('a flat filter', () => {
  it('joins all conditions by AND, in the order given', () => {
    expect(parseFilter({ '>OPPORTUNITY': 100, STAGE_ID: 'NEW', '!%TITLE': 'x' }, flat)).toEqual(
      and(
        condition('>OPPORTUNITY', 'gt', 'OPPORTUNITY', 100),
        condition('STAGE_ID', 'eq', 'STAGE_ID', 'NEW'),
        condition('!%TITLE', 'notContains', 'TITLE', 'x'),
      ),
    )
  })

  it('knows no groups: numeric keys and LOGIC are fields like any other', () => {
    expect(parseFilter({ 0: { ID: 1 }, LOGIC: 'OR' }, flat)).toEqual(
      and(condition('0', 'in', '0', [1]), condition('LOGIC', 'eq', 'LOGIC', 'OR')),
    )
    expect(parseFilter([{ ID: 1 }], flat)).toEqual(and(condition('0', 'in', '0', [1])))
  })

  it('may be an empty map or an empty list', () => {
    expect(parseFilter({}, flat)).toEqual(and())
    expect(parseFilter([], flat)).toEqual(and())
  })
})

describe('a nested filter', () => {
  const inner = [
    or(
      and(condition('=stageId', 'eq', 'stageId', 'NEW'), condition('!title', 'ne', 'title', '')),
      and(condition('@assignedById', 'in', 'assignedById', [1, 6])),
      condition('%title', 'contains', 'title', 'vip'),
    ),
  ]
  const byKeys = {
    logic: 'OR',
    0: { '=stageId': 'NEW', '!title': '' },
    1: { '@assignedById': [1, 6] },
    '%title': 'vip',
  }

  it('holds groups under numeric keys, as in the example of the contract', () => {
    // Integer keys come first in a JavaScript object, wherever they were written.
    const filter = { '>opportunity': 100, '0': byKeys, '!@sourceId': ['CALL', 'WEB'] }
    expect(parseFilter(filter, nested)).toEqual(
      and(
        ...inner,
        condition('>opportunity', 'gt', 'opportunity', 100),
        condition('!@sourceId', 'notIn', 'sourceId', ['CALL', 'WEB']),
      ),
    )
  })

  it('holds groups in a list', () => {
    expect(parseFilter([byKeys], nested)).toEqual(and(...inner))
    expect(parseFilter({ 0: [{ id: 1 }, { id: 2 }] }, nested)).toEqual(
      and(and(and(condition('id', 'eq', 'id', 1)), and(condition('id', 'eq', 'id', 2)))),
    )
  })

  it('takes numeric keys in any order and with gaps', () => {
    expect(parseFilter({ 17: { id: 1 }, 5: { id: 2 } }, nested)).toEqual(
      and(and(condition('id', 'eq', 'id', 2)), and(condition('id', 'eq', 'id', 1))),
    )
  })

  it.each([['logic'], ['LOGIC'], ['Logic']])('joins the members of the map that holds the key %s', (key) => {
    expect(parseFilter({ [key]: 'or', id: 1, title: 'x' }, nested)).toEqual(
      or(condition('id', 'eq', 'id', 1), condition('title', 'eq', 'title', 'x')),
    )
    expect(parseFilter({ [key]: 'AND', id: 1 }, nested)).toEqual(and(condition('id', 'eq', 'id', 1)))
  })

  it.each([['XOR'], [''], [null], [1], [['OR']]])('refuses the logic %j', (logic) => {
    expect(() => parseFilter({ logic, id: 1 }, nested)).toThrow("Invalid filter: field 'logic' has invalid value")
  })

  it('leaves out groups without conditions', () => {
    expect(parseFilter({ logic: 'OR', 0: {}, 1: { 0: [], logic: 'OR' }, id: 1 }, nested)).toEqual(
      or(condition('id', 'eq', 'id', 1)),
    )
  })

  it('reads a numeric key without a map as a field', () => {
    expect(parseFilter({ 0: 'x' }, nested)).toEqual(and(condition('0', 'eq', '0', 'x')))
  })

  it('reads a map under the name of a field as a list of values', () => {
    expect(parseFilter({ id: { 0: 1, a: 2 } }, nested)).toEqual(and(condition('id', 'in', 'id', [1, 2])))
  })
})

describe('what is refused', () => {
  const nest = (levels: number): unknown => (levels === 0 ? { id: 1 } : { 0: nest(levels - 1) })
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`F${n}`, n]))

  it.each([[undefined], [null], [''], ['ID=1'], [5], [true]])('%j, which is no map', (input) => {
    for (const grammar of [flat, nested]) {
      expect(() => parseFilter(input, grammar)).toThrow(FilterError)
      expect(() => parseFilter(input, grammar)).toThrow("Parameter 'filter' must be array.")
    }
  })

  it('more than 32 levels', () => {
    expect(parseFilter(nest(31), nested).members).toHaveLength(1)
    expect(() => parseFilter(nest(32), nested)).toThrow(FilterError)
    expect(() => parseFilter(nest(5000), nested)).toThrow(FilterError)
  })

  it('more than 1000 conditions, in one map or over several', () => {
    expect(parseFilter(many(1000), flat).members).toHaveLength(1000)
    expect(() => parseFilter(many(1001), flat)).toThrow(FilterError)
    expect(() => parseFilter([many(600), many(401)], nested)).toThrow(FilterError)
  })
})

describe('hostile input', () => {
  it('gains nothing from the names of prototype members', () => {
    const input: unknown = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":"a","!toString":["b"]}')
    for (const grammar of [flat, nested]) {
      expect(parseFilter(input, grammar)).toEqual(
        and(
          condition('__proto__', 'in', '__proto__', ['yes']),
          condition('constructor', 'eq', 'constructor', 'a'),
          condition('!toString', 'notIn', 'toString', ['b']),
        ),
      )
    }
    expect({}).not.toHaveProperty('polluted')
  })

  it('throws nothing but FilterError', () => {
    const outcome = (input: unknown, isNested: boolean) => {
      try {
        return parseFilter(input, { nested: isNested }).kind
      } catch (error) {
        if (error instanceof FilterError) return 'refused'
        throw error
      }
    }
    const anyKey = fc.oneof(fc.string(), fc.constantFrom('0', '1', 'logic', 'LOGIC', '!@id', '__proto__'))
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue(),
        fc.dictionary(anyKey, tie('tree'), { maxKeys: 4 }),
        fc.array(tie('tree'), { maxLength: 4 }),
      ),
    }))
    fc.assert(
      fc.property(tree, fc.boolean(), (input, isNested) => {
        expect(['group', 'refused']).toContain(outcome(input, isNested))
      }),
      { numRuns: 500 },
    )
  })

  it('loses no condition and no group: a tree written down reads back', () => {
    const anyCondition = fc
      .tuple(
        fc.constantFrom('', '=', '!', '>=', '<', '%', '!%', '?', '!=%'),
        fc.stringMatching(/^[a-z]{3}[A-Z0-9_]{0,5}$/),
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
      )
      .map(([prefix, field, value]) => condition(prefix + field, splitKey(prefix).op, field, value))
    const { group } = fc.letrec<{ group: Group }>((tie) => ({
      group: fc
        .record({
          logic: fc.constantFrom('AND' as const, 'OR' as const),
          // Groups go first, as integer keys do; a key can be written once only in a map.
          groups: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('group'), { maxLength: 3 })),
          conditions: fc.uniqueArray(anyCondition, { minLength: 1, maxLength: 4, selector: ({ key }) => key }),
        })
        .map(({ logic, groups, conditions }) => ({ kind: 'group', logic, members: [...groups, ...conditions] })),
    }))
    const write = (node: Group): Record<string, unknown> => ({
      ...Object.fromEntries(
        node.members.map((member, n) => (member.kind === 'group' ? [n, write(member)] : [member.key, member.value])),
      ),
      logic: node.logic.toLowerCase(),
    })
    fc.assert(
      fc.property(group, (tree) => {
        expect(parseFilter(write(tree), nested)).toEqual(tree)
      }),
    )
  })
})

import { expect, it } from 'vitest'
import { shapeDifferences } from './shape.ts'

const differences = (actual: unknown, documented: unknown): string[] => shapeDifferences(actual, documented, 'answer')

it('tells missing, extra and differently typed keys apart, at every depth', () => {
  expect(differences({ a: 1, b: { c: '1', e: 1 } }, { a: 2, b: { c: 1, d: 1 } })).toEqual([
    'answer.b.c: string instead of number',
    'answer.b.d: missing',
    'answer.b.e: extra',
  ])
})

it('lets a null be answered only where one is documented', () => {
  expect(differences({ a: null, b: 'text' }, { a: 'text', b: null })).toEqual(['answer.a: null instead of string'])
  expect(differences({ a: {} }, { a: null })).toEqual(['answer.a: map instead of null'])
})

it('compares every element of a list with all that the documented ones show', () => {
  const documented = [{ a: 1 }, { a: 2, b: null }, { a: 3, b: 'text' }]
  expect(differences([{ a: 1 }, { a: 1, b: 'text' }, { a: 1, b: null }], documented)).toEqual([])
  expect(differences([{ b: 1 }, { a: 1, c: 1 }], documented)).toEqual([
    'answer[].a: missing',
    'answer[].b: number instead of null or string',
    'answer[].c: extra',
  ])
})

it('takes no empty list for a documented one', () => {
  expect(differences([], [1])).toEqual(['answer: empty'])
  expect(differences([1], [])).toEqual([])
  expect(differences({}, [])).toEqual(['answer: map instead of list'])
})

it("leaves a portal's own fields to the tests that make them", () => {
  expect(differences({ UF_CRM_1: 1, parentId2: 2 }, { UF_CRM_9: '', ufCrm_3: null })).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { fill, fillText, hasPlaceholder, type Lookup } from '../../../src/modules/crm/automation/placeholders.ts'

const record: Record<string, unknown> = {
  TITLE: 'An order & more',
  OPPORTUNITY: 12.5,
  OPENED: true,
  COMMENTS: null,
  CONTACT_IDS: [3, 4],
  EMAIL: [
    { ID: '1', VALUE: 'a@example.com' },
    { ID: '2', VALUE: 'b@example.com' },
  ],
}
const lookup: Lookup = (source, name) =>
  source === 'Document' ? record[name] : source === 'my.robot-1' && name === 'answer' ? 42 : undefined

describe('placeholders in a text', () => {
  it.each([
    ['{{TITLE}}!', 'An order & more!'],
    ['{=Document:TITLE}!', 'An order & more!'],
    ['{{ TITLE }} and {= Document : OPPORTUNITY }', 'An order & more and 12.5'],
    ['{{Document:OPPORTUNITY}} {=Document:OPPORTUNITY > friendly}', '12.5 12.5'],
    ['{=my.robot-1:answer}, {{my.robot-1:answer}}', '42, 42'],
    ['{{OPENED}} [{{COMMENTS}}]', 'Y []'],
    ['to {{EMAIL}} of {{CONTACT_IDS}}', 'to a@example.com, b@example.com of 3, 4'],
    ['{{NOBODY}} {=Document:NOBODY} {=other:answer}', '{{NOBODY}} {=Document:NOBODY} {=other:answer}'],
    ['no {TITLE} {{}} {=} {{1}}', 'no {TITLE} {{}} {=} {{1}}'],
  ])('%s', (text, filled) => {
    expect(fillText(text, lookup)).toBe(filled)
  })

  it('are made fit for their surroundings, which stay as they are', () => {
    expect(fillText('/?a=b&t={{TITLE}}', lookup, encodeURIComponent)).toBe('/?a=b&t=An%20order%20%26%20more')
  })

  it('are not looked for in what they stand for', () => {
    expect(fillText('{{A}}', (_source, name) => (name === 'A' ? '{{B}}' : 'wrong'))).toBe('{{B}}')
  })
})

describe('placeholders in values', () => {
  it('become the value itself where they are all of a text, at any depth', () => {
    expect(fill({ sum: '{{OPPORTUNITY}}', list: ['{{CONTACT_IDS}}', 'x{{OPENED}}'], n: 1, no: null }, lookup)).toEqual({
      sum: 12.5,
      list: [[3, 4], 'xY'],
      n: 1,
      no: null,
    })
    expect(fill('{{COMMENTS}}', lookup)).toBeNull()
    expect(fill('{{NOBODY}}', lookup)).toBe('{{NOBODY}}')
  })

  it('are found wherever they are', () => {
    expect([{ a: ['x {{TITLE}}'] }, '{=Document:ID}', 'plain', 5, null].map(hasPlaceholder)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../../src/schema/entity.ts'
import { type DecodeContext, type EncodeContext, InvalidValue, type Scalar } from '../../../src/schema/kind.ts'
import { createZone } from '../../../src/schema/time.ts'
import { userFieldTypes } from '../../../src/schema/user-field-kinds.ts'
import { samples, type Samples } from './samples.ts'

const zone = createZone('Europe/Berlin')
const decoding: DecodeContext = { zone }
const encoding: EncodeContext = {
  zone,
  fileUrls: (id) => ({ show: `/show/${id}`, download: `/download/${id}`, machine: `https://host/${id}` }),
}

const fieldOf = ({ kind, settings }: Samples): Field => ({
  name: 'ufCrmX',
  title: 'X',
  kind,
  legacy: 'UF_CRM_X',
  upper: 'UF_CRM_X',
  place: { in: 'column', column: 'uf_crm_x' },
  userFieldId: 1,
  ...(settings === undefined ? {} : { settings }),
})
const isScalar = (value: unknown): value is Scalar => value === null || typeof value !== 'object'

describe.each(samples)('$name', (sample) => {
  const { kind, good, bad } = sample
  const field = fieldOf(sample)
  const decode = (input: unknown): unknown => kind.decode(input, field, decoding)

  it.each(good)('%j is stored as %j and shown as %j and %j', (input, stored, legacy, item) => {
    expect(decode(input)).toEqual(stored)
    expect(kind.legacy(stored as Scalar, field, encoding)).toEqual(legacy)
    expect(kind.item(stored as Scalar, field, encoding)).toEqual(item)
  })

  it.each(good)('%j reads back from what both wires show', (_input, stored, legacy, item) => {
    if (stored === null) return
    expect(decode(legacy)).toEqual(stored)
    expect(decode(item)).toEqual(stored)
  })

  it.each(bad.map((each) => [each]))('%j is refused', (input) => {
    expect(() => decode(input)).toThrow(InvalidValue)
  })

  it('takes its own values as operands of filters', () => {
    for (const [input, stored] of good)
      if (isScalar(stored) && stored !== null && input !== '')
        expect((kind.operand ?? kind.decode).call(kind, input, field, decoding)).toEqual(stored)
  })

  it('throws nothing but InvalidValue, shows only what JSON can say, and reads it back unchanged', () => {
    const input = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.double(),
      fc.bigInt(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...good.map(([each]) => each), ...bad, undefined),
      fc.stringMatching(/^[A-Z]{1,3}_\d{1,4}$/),
      fc.stringMatching(/^-?\d{1,20}(\.\d{1,5})?(\|[A-Z]{3})?$/),
      fc.stringMatching(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|\+\d{2}:\d{2}))?$/),
    )
    fc.assert(
      fc.property(input, (given) => {
        let stored: unknown
        try {
          stored = decode(given)
        } catch (cause) {
          expect(cause).toBeInstanceOf(InvalidValue)
          return
        }
        if (!isScalar(stored)) return
        for (const shown of [kind.legacy(stored, field, encoding), kind.item(stored, field, encoding)]) {
          expect(JSON.parse(JSON.stringify(shown))).toEqual(shown)
          if (stored !== null && stored !== '') expect(decode(shown)).toEqual(stored)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('the types of user fields', () => {
  it('are all tested here', () => {
    const tested = new Set(samples.map(({ kind }) => kind))
    for (const [id, { kind }] of userFieldTypes) expect([id, tested.has(kind)]).toEqual([id, true])
  })

  it.each([...userFieldTypes.values()])(
    '$id has settings that are complete, stable and never throw but InvalidValue',
    (type) => {
      const preset = type.read({}, {})
      expect(type.read(preset, {})).toEqual(preset)
      expect(type.read({}, preset)).toEqual(preset)
      const keys = [...Object.keys(preset), 'DYNAMIC_128', 'UNKNOWN', '__proto__']
      const given = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }))
      fc.assert(
        fc.property(given, (input) => {
          try {
            const settings = type.read(input, preset)
            expect(type.read(settings, preset)).toEqual(settings)
            expect(type.read({}, settings)).toEqual(settings)
            expect(Object.keys(settings)).not.toContain('UNKNOWN')
            expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
          } catch (cause) {
            if (!(cause instanceof InvalidValue)) throw cause
          }
        }),
      )
    },
  )
})

import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { type Draft, emptyDraft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import * as records from '../../../records/records.ts'
import { defineEntity, field } from '../../../schema/entity.ts'
import { integerOf, InvalidValue, isBlank, textOf, yesNo } from '../../../schema/kind.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { createZone } from '../../../schema/time.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { type Period, raiseCounters, type Sequence } from './numbering.ts'
import { accessDenied, idOf, numeratorWords } from './words.ts'

const scope = 'crm'
const GENERATOR = 'Bitrix_Main_Numerator_Generator_SequentNumberGenerator'
const CLASS = 'Main\\Numerator\\Numerator'
const PERIODS: readonly unknown[] = ['day', 'month', 'year']

/** Rules by which documents are numbered. Those that REST made are REST's to change. */
export const numerator = defineEntity({
  name: 'documentNumerator',
  title: 'Numerator',
  table: 'crm_numerator',
  entityTypeId: -82,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name', { required: true }),
    template: field(string, 'Template', { required: true }),
    code: field(string, 'Code', { readOnly: true }),
    sequence: field(text, 'Settings'),
    isOfRest: field(flag, 'Made by REST', { readOnly: true }),
  },
})

export interface Numerator {
  readonly id: number
  readonly name: string
  readonly template: string
  readonly code: string | null
  readonly sequence: Sequence
  readonly isOfRest: boolean
}

export function numeratorOf(stored: Stored): Numerator {
  const value = (name: string) => scalarOf(stored, numerator.field(name))
  return {
    id: Number(value('id')),
    name: String(value('name')),
    template: String(value('template')),
    code: value('code') === null ? null : String(value('code')),
    sequence: JSON.parse(String(value('sequence'))) as Sequence,
    isOfRest: value('isOfRest') === 'Y',
  }
}

export const counting: Sequence = {
  start: 1,
  step: 1,
  length: 0,
  padString: '0',
  periodicBy: null,
  timezone: null,
  isDirectNumeration: false,
}

function sequenceOf(settings: unknown, before: Sequence): Sequence {
  const given = isMap(settings) ? settings[GENERATOR] : undefined
  if (!isMap(given)) return before
  const number = (name: 'start' | 'step' | 'length', least: number): number => {
    const value = isBlank(given[name]) ? before[name] : integerOf(given[name])
    if (value < least || value > 1_000_000_000) throw new InvalidValue(`${name} is out of range`)
    return value
  }
  const periodicBy = given.periodicBy === undefined ? before.periodicBy : given.periodicBy || null
  if (periodicBy !== null && !PERIODS.includes(periodicBy)) throw new InvalidValue('periodicBy is day, month or year')
  const timezone =
    given.timezone === undefined ? before.timezone : isBlank(given.timezone) ? null : textOf(given.timezone)
  try {
    if (timezone !== null) createZone(timezone)
  } catch {
    throw new InvalidValue('there is no such timezone')
  }
  return {
    start: number('start', 0),
    step: number('step', 1),
    length: Math.min(number('length', 0), 50),
    padString: given.padString === undefined ? before.padString : textOf(given.padString).slice(0, 1),
    periodicBy: periodicBy as Period,
    timezone,
    isDirectNumeration: yesNo(given.isDirectNumeration) ?? before.isDirectNumeration,
  }
}

function draftOf(fields: Map, before: Sequence, isNew: boolean): { draft: Draft; sequence: Sequence } {
  const draft = emptyDraft()
  const missing = ['name', 'template'].filter((name) => (isNew ? isBlank(fields[name]) : fields[name] === ''))
  if (missing.length > 0) throw new Failure({ why: 'required', fields: missing.map((name) => numerator.field(name)) })
  for (const name of ['name', 'template']) {
    if (fields[name] === undefined) continue
    const own = numerator.field(name)
    draft.values.set(name, own.kind.decode(fields[name], own, { zone: createZone('UTC') }) as string)
  }
  const sequence = sequenceOf(fields.settings, before)
  draft.values.set('sequence', JSON.stringify(sequence))
  return { draft, sequence }
}

function reading<T>(body: () => T): T {
  try {
    return body()
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field: numerator.field('sequence'), detail: cause.reason })
  }
}

const row = ({ id, name, template, code, sequence }: Numerator) => ({
  id: String(id),
  name,
  template,
  code,
  settings: { [GENERATOR]: sequence },
})

async function find(call: Call, id: number): Promise<Numerator> {
  return numeratorOf(await records.get(call, numerator, id))
}

const administering = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(numeratorWords, 'write', async () => {
    await call.portal.access.requireSettings(call)
    return body()
  })

export const numeratorMethods = [
  method({
    name: 'crm.documentgenerator.numerator.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      administering(call, async () => {
        const { draft, sequence } = reading(() => draftOf(fields, counting, true))
        draft.values.set('isOfRest', 'Y')
        const id = await records.create(call, numerator, draft, { missing: 'refuse' })
        const { name, template, code } = await find(call, id)
        // Only here the id is a number, and comes third (crm-document-generator-numerator-add.md).
        return { numerator: { name, template, id, code, settings: { [GENERATOR]: sequence } } }
      }),
  }),
  method({
    name: 'crm.documentgenerator.numerator.update',
    scope,
    params: { id: take.any, fields: need.map },
    run: ({ id: given, fields }, call) =>
      administering(call, async () => {
        const before = await find(call, idOf(given, CLASS))
        if (!before.isOfRest) throw accessDenied()
        const { draft, sequence } = reading(() => draftOf(fields, before.sequence, false))
        await records.update(call, numerator, before.id, draft, { missing: 'refuse' })
        await call.session.transaction((tx) => raiseCounters(tx, before.id, sequence))
        const { name, template, id, code, settings } = row(await find(call, before.id))
        return { name, template, id, code, settings }
      }),
  }),
  method({
    name: 'crm.documentgenerator.numerator.get',
    scope,
    params: { id: take.any },
    run: ({ id }, call) => administering(call, async () => ({ numerator: row(await find(call, idOf(id, CLASS))) })),
  }),
  method({
    name: 'crm.documentgenerator.numerator.list',
    scope,
    params: { start: take.start },
    run: ({ start }, call) =>
      administering(call, async () => {
        const order = [{ field: numerator.field('id'), direction: 'ASC' as const }]
        const page = await records.list(call, numerator, { fields: numerator.fields, order, start })
        const numerators = page.rows.map((stored) => {
          const { code: _code, ...shown } = row(numeratorOf(stored))
          return shown
        })
        return new Listing({ numerators }, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.documentgenerator.numerator.delete',
    scope,
    params: { id: take.any },
    run: ({ id: given }, call) =>
      administering(call, async () => {
        const { id, isOfRest } = await find(call, idOf(given, CLASS))
        if (!isOfRest) throw accessDenied()
        const [used] = await call.session.find<{ id: number }>(
          sql`select id from crm_document_template where numerator_id = ${id} and is_deleted = 'N' limit 1`,
        )
        if (used !== undefined) throw new ApiError('0', 400, `The template ${used.id} uses the numerator`)
        await records.remove(call, numerator, id)
        return null
      }),
  }),
]

import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, isMap, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { encodeRow, itemSelection } from '../../../methods/rows.ts'
import { emptyDraft } from '../../../records/change.ts'
import type { Context } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import { ownedCondition } from '../../../records/owned.ts'
import * as records from '../../../records/records.ts'
import { isBlank, type Scalar, textOf } from '../../../schema/kind.ts'
import { listOf, scalarOf, type Stored } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { load, titleOf } from '../shown.ts'
import { answer, type Given, givenOf, publicUrl, urlsOf, valuesOf } from './answer.ts'
import { build, buildLater, fieldsOf, override } from './build.ts'
import { document } from './document.ts'
import { BrokenTemplateError, tagsOf } from './docx.ts'
import { type DocumentFields, documentFields, readableBy } from './fields.ts'
import { numeratorOf, numerator } from './numerator.ts'
import { insert, number, type Owner, ownerOf } from './new-document.ts'
import { nextNumber } from './numbering.ts'
import { find as findTemplate, template } from './template.ts'
import { upload } from './upload.ts'
import { documentWire } from './wire.ts'
import { accessDenied, documentWords, idOf, plain, templateWords } from './words.ts'

const scope = 'crm'
const CLASS = 'DocumentGenerator\\Document'
const PUBLIC_CODE = 16

/** A document of a record that the caller may read, or change. */
const find = (call: Call, given: unknown, action: 'read' | 'update'): Promise<Stored> =>
  loadOf(call, idOf(given, CLASS), action)

/** Refuses unless the document is one of a record that the caller may read. */
export const readableDocument = (context: Context, id: number): Promise<Stored> => loadOf(context, id, 'read')

async function loadOf(call: Context, id: number, action: 'read' | 'update'): Promise<Stored> {
  const stored = await load(call.session, document, id)
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  const value = (name: string): number => Number(scalarOf(stored, document.field(name)))
  const entity = await call.portal.entities.find(call.session, value('entityTypeId'))
  if (entity === undefined) throw new Failure({ why: 'not-found' })
  await records.requireRecord(call, call.session, entity, value('entityId'), action)
  return stored
}

const reload = async (call: Call, id: number): Promise<Stored> => {
  const stored = await load(call.session, document, id)
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

/** Documents of records that the caller may read, and that pass the filter. */
async function readable(call: Call, filter: unknown): Promise<Test | undefined> {
  const asked = isMap(filter) ? await call.portal.entities.find(call.session, number(filter.entityTypeId)) : undefined
  if (asked !== undefined && (await call.portal.access.reach(call, asked, 'read')).none)
    throw new ApiError('ACCESS_DENIED', 400, 'Access denied')
  const place = { table: document.table, id: 'id', type: 'entity_type_id', record: 'entity_id' }
  const tests = [
    readFilter(document, documentWire, filter, { zone: call.portal.zone }),
    await ownedCondition(call, place),
  ].filter((test) => test !== undefined)
  return tests.length > 1 ? and(tests) : tests[0]
}

function row(call: Call, stored: Stored, select: readonly unknown[] | undefined): Record<string, unknown> {
  const fields = itemSelection(document, documentWire, select)
  const shown = encodeRow(stored, fields, documentWire, call.encode)
  for (const name of ['fileId', 'imageId', 'pdfId'])
    if (name in shown) shown[name] = stringOrNull(scalarOf(stored, document.field(name)))
  if ('values' in shown) shown.values = valuesOf(stored)
  if ('stampsEnabled' in shown) shown.stampsEnabled = shown.stampsEnabled === 'Y'
  return { ...shown, ...urlsOf(call, stored) }
}

const stringOrNull = (value: Scalar): string | null => (value === null ? null : String(value))

const inWords = <T>(body: () => Promise<T>): Promise<T> => inStyle(documentWords, 'write', body)

/** Who may make documents of a template: `UA` everyone, `U7` a person, `D3` a department. */
function mayUse(call: Call, made: Stored): boolean {
  const { id, admin, departments } = call.person
  const own = new Set(['UA', `U${id}`, `IU${id}`, ...departments.flatMap((each) => [`D${each}`, `DR${each}`])])
  return admin || listOf(made, template.field('users')).some((code) => own.has(String(code)))
}

async function usable(call: Call, templateId: unknown): Promise<Stored> {
  const made = await inStyle(templateWords, 'write', () =>
    findTemplate(call, idOf(templateId, 'DocumentGenerator\\Template')),
  )
  if (scalarOf(made, template.field('isDeleted')) === 'Y') throw plain('Cannot create document on deleted template')
  if (!mayUse(call, made)) throw accessDenied()
  return made
}

/** Numbers a document, which must be in one transaction with it, and then fills it in, which takes too long for one. */
async function add(call: Call, made: Stored, owner: Owner, given: Given, stamps: boolean): Promise<Stored> {
  const values: Map = { ...given.values, ...given.fields }
  const of = (name: string) => scalarOf(made, template.field(name))
  const rule = await load(call.session, numerator, Number(of('numeratorId')))
  const record = await load(call.session, owner.entity, owner.id)
  const id = await call.session.transaction(async (tx) => {
    const wanted = isBlank(values.DocumentNumber) ? undefined : textOf(values.DocumentNumber)
    if (wanted === undefined && rule === undefined) throw plain('Error getting next number')
    const next =
      wanted ?? (rule === undefined ? '' : await nextNumber(tx, numeratorOf(rule), call.now, call.portal.zone))
    const title = isBlank(values.DocumentTitle)
      ? `${String(of('name'))} ${next}${record === undefined ? '' : ` (${titleOf(owner.entity, record)})`}`
      : textOf(values.DocumentTitle)
    const id = await insert(call, tx, { owner, templateId: Number(of('id')), title, number: next, given, stamps })
    await buildLater({ ...call, tx }, id)
    return id
  })
  await building(call, await reload(call, id))
  return reload(call, id)
}

async function building(call: Call, stored: Stored): Promise<void> {
  try {
    await build(call, stored)
  } catch (cause) {
    if (cause instanceof BrokenTemplateError) throw plain('DOCUMENT_FILE_NOT_PROCESSABLE_ERROR')
    throw cause
  }
}

/** `fields` describe single fields more closely than `values` do; their VALUE wins. */
const exactly = (fields: Map | undefined): Map =>
  Object.fromEntries(
    Object.entries(fields ?? {}).flatMap(([name, each]) => {
      const value = isMap(each) ? (each.VALUE ?? each.value) : undefined
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** What a template asks for, with what there is of it. */
async function asked(call: Call, made: Stored | undefined, fields: DocumentFields): Promise<Record<string, object>> {
  const fileId = made === undefined ? null : scalarOf(made, template.field('file'))
  const bytes = fileId === null ? undefined : await call.portal.files.bytes(call.session, Number(fileId))
  const tags = bytes === undefined ? [...fields.keys()] : await tagsOf(bytes)
  return Object.fromEntries(
    tags.flatMap((name) => {
      const known = fields.get(name)
      return known === undefined ? [] : [[name, { ...known, default: known.value }]]
    }),
  )
}

export const documentMethods = [
  method({
    name: 'crm.documentgenerator.document.add',
    scope,
    params: {
      templateId: take.any,
      entityTypeId: take.any,
      entityId: take.any,
      values: take.map,
      stampsEnabled: take.flag,
      fields: take.map,
    },
    run: ({ templateId, entityTypeId, entityId, values = {}, stampsEnabled, fields }, call) =>
      inWords(async () => {
        const made = await usable(call, templateId)
        const owner = await ownerOf(call, entityTypeId, entityId, 'read')
        return answer(call, await add(call, made, owner, { values, fields: exactly(fields) }, stampsEnabled), true)
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.update',
    scope,
    params: { id: take.any, values: take.map, stampsEnabled: take.any },
    run: ({ id: asked, values, stampsEnabled }, call) =>
      inWords(async () => {
        const stored = await find(call, asked, 'update')
        const id = Number(scalarOf(stored, document.field('id')))
        const { DocumentNumber: next, DocumentTitle: title } = values ?? {}
        const draft = emptyDraft()
        if (!isBlank(next)) draft.values.set('number', textOf(next).slice(0, 255))
        if (!isBlank(title)) draft.values.set('title', textOf(title).slice(0, 255))
        const given = givenOf(stored)
        draft.values.set('values', JSON.stringify({ ...given, values: { ...given.values, ...values } }))
        draft.values.set('stampsEnabled', isBlank(stampsEnabled) || number(stampsEnabled) > 0 ? 'Y' : 'N')
        draft.values.set('updateTime', Math.floor(call.now)).set('updatedBy', call.person.id)
        await call.session.transaction((tx) => records.updateWithin({ ...call, tx }, document, id, draft))
        const changed = await reload(call, id)
        if (scalarOf(changed, document.field('templateId')) !== null) await building(call, changed)
        return answer(call, await reload(call, id))
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.get',
    scope,
    params: { id: take.any },
    run: ({ id }, call) => inWords(async () => answer(call, await find(call, id, 'read'))),
  }),
  method({
    name: 'crm.documentgenerator.document.list',
    scope,
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: ({ select, filter, order, start }, call) =>
      inWords(async () => {
        const page = await records.list(call, document, {
          fields: document.fields,
          test: await readable(call, filter),
          order: readOrder(document, documentWire, order ?? { id: 'ASC' }),
          start,
        })
        const documents = page.rows.map((stored) => row(call, stored, select))
        return new Listing({ documents }, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.delete',
    scope,
    params: { id: take.any },
    run: ({ id }, call) =>
      inWords(async () => {
        const stored = await find(call, id, 'update')
        await records.remove(call, document, Number(scalarOf(stored, document.field('id'))))
        return null
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.getfields',
    scope,
    params: { id: take.any, values: take.map },
    run: ({ id, values }, call) =>
      inWords(async () => {
        const stored = await find(call, id, 'read')
        const made = await load(call.session, template, Number(scalarOf(stored, document.field('templateId')) ?? 0))
        return { documentFields: await asked(call, made, await fieldsOf(call, stored, values)) }
      }),
  }),
  method({
    name: 'crm.documentgenerator.template.getfields',
    scope,
    params: { id: take.any, entityTypeId: take.any, entityId: take.any, values: take.map },
    run: ({ id, entityTypeId, entityId, values = {} }, call) =>
      inWords(async () => {
        const made = await usable(call, id)
        const { entity, id: record } = await ownerOf(call, entityTypeId, entityId, 'read')
        const stored = await records.get(call, entity, record)
        const source = { portal: call.portal, reader: call.session, entity, stored, readable: readableBy(call) }
        const fields = await documentFields(source, { number: '', title: '', created: '' })
        return { templateFields: await asked(call, made, override(fields, values)) }
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.enablepublicurl',
    scope,
    params: { id: take.any, status: take.any },
    run: ({ id: given, status }, call) =>
      inWords(async () => {
        const stored = await find(call, given, 'update')
        const known = scalarOf(stored, document.field('publicCode')) as string | null
        const on = isBlank(status) || number(status) > 0
        const code = on ? (known ?? call.portal.sources.token(PUBLIC_CODE)) : null
        const draft = emptyDraft()
        draft.values.set('publicCode', code)
        const id = Number(scalarOf(stored, document.field('id')))
        await call.session.transaction((tx) => records.updateWithin({ ...call, tx }, document, id, draft))
        return { publicUrl: publicUrl(call, code) }
      }),
  }),
  method({
    name: 'crm.documentgenerator.document.upload',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) => inWords(async () => answer(call, await upload(call, fields))),
  }),
]

import { inStyle } from '../../../methods/errors.ts'
import { readFilter, readOrder } from '../../../methods/conditions.ts'
import { readDraft } from '../../../methods/draft.ts'
import { type Call, isMap, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { encodeRow, itemSelection } from '../../../methods/rows.ts'
import type { Draft } from '../../../records/change.ts'
import * as records from '../../../records/records.ts'
import { defineEntity, field } from '../../../schema/entity.ts'
import { InvalidValue, isBlank } from '../../../schema/kind.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { file } from '../../../schema/kinds/file.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { user } from '../../../schema/kinds/user.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { BrokenTemplateError, tagsOf } from './docx.ts'
import { idOf, plain, templateWords } from './words.ts'
import { documentWire } from './wire.ts'

const scope = 'crm'
const CLASS = 'DocumentGenerator\\Template'
const REQUIRED = ['name', 'numeratorId', 'region', 'entityTypeId'] as const
const SORT = 500

/** A docx file that documents are made from, and for whom (api-reference/crm/document-generator/templates/index.md). */
export const template = defineEntity({
  name: 'documentTemplate',
  title: 'Document template',
  table: 'crm_document_template',
  entityTypeId: -81,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name'),
    region: field(string, 'Region'),
    code: field(string, 'Code', { readOnly: true }),
    file: field(file, 'File'),
    active: field(flag, 'Active'),
    numeratorId: field(integer, 'Numerator', { index: true }),
    withStamps: field(flag, 'With stamps'),
    /** Access codes: `UA` is everyone. */
    users: field(string, 'Users', { multiple: true }),
    isDeleted: field(flag, 'Deleted', { readOnly: true }),
    sort: field(integer, 'Sorting'),
    /** `2`, or of one pipeline `2_category_0`. */
    entityTypeId: field(string, 'Entity types', { multiple: true }),
    createTime: field(datetime, 'Created', { readOnly: true }),
    updateTime: field(datetime, 'Changed', { readOnly: true }),
    createdBy: field(user, 'Created by', { readOnly: true }),
  },
})

async function draftOf(call: Call, fields: Map, isNew: boolean): Promise<Draft> {
  const missing = REQUIRED.filter(
    (name) => isNew && (isBlank(fields[name]) || (fields[name] as unknown[]).length === 0),
  )
  if (missing.length > 0) throw plain(`Empty required fields: ${missing.join(', ')}`)
  if (isNew && isBlank(fields.file)) throw plain('Missing file content')
  if (fields.file !== undefined) await requireTemplate(call, fields.file)
  const draft = await readDraft(call, template, documentWire, fields, { isNew, strict: false })
  const { values, lists } = draft
  if (values.has('numeratorId')) {
    const rows = await call.session.find<{ id: number }>(
      sql`select id from crm_numerator where id = ${values.get('numeratorId') as number}`,
    )
    if (rows.length === 0) throw plain('Numerator not found')
  }
  const now = Math.floor(call.now)
  values.set('updateTime', now)
  if (!isNew) return draft
  if ((lists.get('users') ?? []).length === 0) lists.set('users', [`U${call.person.id}`])
  values.set('createTime', now).set('createdBy', call.person.id).set('isDeleted', 'N')
  for (const [name, preset] of Object.entries({ active: 'Y', withStamps: 'N', sort: SORT }))
    if (isBlank(values.get(name))) values.set(name, preset)
  return draft
}

/** Refuses a file that no document could be made from. */
async function requireTemplate(call: Call, input: unknown): Promise<void> {
  try {
    const upload = file.decode(input, template.field('file'), { zone: call.portal.zone })
    if (typeof upload !== 'object' || upload === null) throw plain('Missing file content')
    await tagsOf(Buffer.from(upload.bytes))
  } catch (cause) {
    if (cause instanceof InvalidValue) throw plain('Missing file content')
    throw cause instanceof BrokenTemplateError ? plain('Could not save file') : cause
  }
}

function row(stored: Stored, call: Call, select: readonly unknown[] | undefined): Record<string, unknown> {
  const fields = itemSelection(template, documentWire, select).filter(
    ({ name }) => name !== 'file' && name !== 'createdBy',
  )
  const shown = encodeRow(stored, fields, documentWire, call.encode)
  const fileId = scalarOf(stored, template.field('file'))
  const link = fileId === null ? null : call.encode.fileUrls(Number(fileId)).machine
  return { ...shown, download: link, downloadMachine: link, ...(select === undefined ? { moduleId: 'crm' } : {}) }
}

/** Whole, the access codes are a map of themselves; in lists they are a list (crm-document-generator-template-list.md). */
async function whole(call: Call, id: number): Promise<{ template: object }> {
  const shown = row(await find(call, id), call, undefined)
  const users = Object.fromEntries((shown.users as string[]).map((code) => [code, code]))
  return { template: { ...shown, users } }
}

export const find = (call: Call, id: number): Promise<Stored> => records.get(call, template, id)

const administering = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(templateWords, 'write', async () => {
    await call.portal.access.requireSettings(call)
    return body()
  })

/** Deleted templates are shown to those who ask for them; the module is always the CRM. */
function filterOf(input: unknown): unknown {
  if (!isMap(input)) return { isDeleted: 'N' }
  const asked = Object.entries(input).filter(([key]) => !/^\W*moduleId$/.test(key))
  const deleted = asked.some(([key]) => /^\W*isDeleted$/.test(key))
  return { ...(deleted ? {} : { isDeleted: 'N' }), ...Object.fromEntries(asked) }
}

export const templateMethods = [
  method({
    name: 'crm.documentgenerator.template.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      administering(call, async () => {
        const draft = await draftOf(call, fields, true)
        return whole(call, await records.create(call, template, draft, { missing: 'refuse' }))
      }),
  }),
  method({
    name: 'crm.documentgenerator.template.update',
    scope,
    params: { id: take.any, fields: need.map },
    run: ({ id: given, fields }, call) =>
      administering(call, async () => {
        const id = idOf(given, CLASS)
        await find(call, id)
        const draft = await draftOf(call, fields, false)
        await records.update(call, template, id, draft, { missing: 'refuse' })
        return whole(call, id)
      }),
  }),
  method({
    name: 'crm.documentgenerator.template.get',
    scope,
    params: { id: take.any },
    run: ({ id }, call) => administering(call, () => whole(call, idOf(id, CLASS))),
  }),
  method({
    name: 'crm.documentgenerator.template.list',
    scope,
    params: { select: take.list, filter: take.any, order: take.any, start: take.start },
    run: ({ select, filter, order, start }, call) =>
      administering(call, async () => {
        const page = await records.list(call, template, {
          fields: template.fields,
          test: readFilter(template, documentWire, filterOf(filter), { zone: call.portal.zone }),
          order: readOrder(template, documentWire, order ?? { id: 'ASC' }),
          start,
        })
        // A map by the ids of the templates, as PHP prints it.
        const templates = Object.fromEntries(
          page.rows.map((stored) => [String(scalarOf(stored, template.field('id'))), row(stored, call, select)]),
        )
        return new Listing({ templates }, page.total, page.next)
      }),
  }),
  method({
    name: 'crm.documentgenerator.template.delete',
    scope,
    params: { id: take.any },
    run: ({ id: given }, call) =>
      administering(call, async () => {
        const id = idOf(given, CLASS)
        await find(call, id)
        // Its documents still say what they were made from.
        const used = await call.session.find<{ id: number }>(
          sql`select id from crm_document where template_id = ${id} limit 1`,
        )
        if (used.length === 0) await records.remove(call, template, id)
        else await hide(call, id)
        return null
      }),
  }),
]

async function hide(call: Call, id: number): Promise<void> {
  await call.session.transaction(async (tx) => {
    await tx.change(sql`update crm_document_template set is_deleted = 'Y' where id = ${id}`)
  })
}

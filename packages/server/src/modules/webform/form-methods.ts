import { ApiError } from '../../methods/errors.ts'
import { argument, type Call, isMap, type Map, method, need } from '../../methods/method.ts'
import { auditSettings } from '../../records/audit.ts'
import { formatDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { readDefinition } from './definition.ts'
import { formInputs, takesForms } from './form-inputs.ts'
import { allForms, type Form, formById, submissionsOf } from './forms.ts'
import { webForm } from './tables.ts'

const CODE = 20
const notFound = (): ApiError => new ApiError('NOT_FOUND', 400, 'Form not found')
const invalid = (name: string, detail: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${name}': ${detail}`)

function shown({ portal }: Call, form: Form, sent: { count: number; last: number } | undefined): object {
  return {
    id: form.id,
    code: form.code,
    title: form.title,
    entityTypeId: form.entityTypeId,
    active: form.active ? 'Y' : 'N',
    path: `/form/${form.code}`,
    createdBy: form.createdBy,
    createdTime: formatDateTime(form.created, portal.zone),
    updatedTime: formatDateTime(form.updated, portal.zone),
    submissions: sent?.count ?? 0,
    lastSubmissionTime: sent === undefined ? null : formatDateTime(sent.last, portal.zone),
    definition: form.definition,
  }
}

async function entityOf(call: Call, entityTypeId: number) {
  const entity = await call.portal.entities.find(call.session, entityTypeId)
  if (entity === undefined || !takesForms(entity)) throw invalid('entityTypeId', 'forms make no such records')
  return entity
}

const flagOf = (input: unknown): 'Y' | 'N' =>
  input === true || input === 'Y' || input === 1 || input === '1' ? 'Y' : 'N'

function titleIn(fields: Map): string {
  const title = argument(fields, 'title')
  const text = typeof title === 'string' ? title.trim() : ''
  if (text === '') throw new ApiError('REQUIRED_ARG_MISSING', 400, "Field 'title' is required")
  if (text.length > 255) throw invalid('title', 'more than 255 characters')
  return text
}

async function definitionIn(call: Call, entityTypeId: number, input: unknown): Promise<string> {
  const entity = await entityOf(call, entityTypeId)
  const known = new Set((await formInputs(call.portal, call.session, entity)).map(({ name }) => name))
  if (input !== undefined && input !== null && !isMap(input)) throw invalid('definition', 'a map is expected')
  const definition = readDefinition(isMap(input) ? input : {}, known)
  const { assignedById } = definition.record
  if (assignedById > 0 && (await call.portal.people.find(call.session, assignedById)) === undefined)
    throw invalid('record.assignedById', 'there is no such person')
  return JSON.stringify(definition)
}

/** Changes forms, for the administrators of the CRM; the event log tells who it was. */
async function administer<T>(call: Call, body: (tx: Transaction) => Promise<T>): Promise<T> {
  await call.portal.access.requireSettings(call)
  return call.session.transaction(async (tx) => {
    const value = await body(tx)
    await auditSettings(call, tx)
    return value
  })
}

/** Forms for strangers: the CRM's administrators build them. */
export const formMethods = [
  method({
    name: 'portico.form.list',
    scope: 'crm',
    params: {},
    async run(_none, call) {
      await call.portal.access.requireSettings(call)
      const sent = await submissionsOf(call.session)
      return { forms: (await allForms(call.session)).map((form) => shown(call, form, sent.get(form.id))) }
    },
  }),
  method({
    name: 'portico.form.get',
    scope: 'crm',
    params: { id: need.id },
    async run({ id }, call) {
      await call.portal.access.requireSettings(call)
      const form = await formById(call.session, id)
      if (form === undefined) throw notFound()
      return { form: shown(call, form, (await submissionsOf(call.session)).get(id)) }
    },
  }),
  method({
    name: 'portico.form.fields',
    scope: 'crm',
    params: { entityTypeId: need.id },
    async run({ entityTypeId }, call) {
      await call.portal.access.requireSettings(call)
      return { fields: await formInputs(call.portal, call.session, await entityOf(call, entityTypeId)) }
    },
  }),
  method({
    name: 'portico.form.add',
    scope: 'crm',
    params: { fields: need.map },
    async run({ fields }, call) {
      const entityTypeId = Number(argument(fields, 'entityTypeId'))
      const title = titleIn(fields)
      const definition = await definitionIn(call, entityTypeId, argument(fields, 'definition'))
      const id = await administer(call, async (tx) => {
        const id = await tx.nextId(webForm)
        const now = Math.floor(call.now)
        tx.insert(webForm, {
          id,
          code: call.portal.sources.token(CODE),
          title,
          entity_type_id: entityTypeId,
          active: flagOf(argument(fields, 'active')),
          definition,
          created_by: call.person.id,
          created: now,
          updated: now,
        })
        return id
      })
      const form = await formById(call.session, id)
      if (form === undefined) throw notFound()
      return { form: shown(call, form, undefined) }
    },
  }),
  method({
    name: 'portico.form.update',
    scope: 'crm',
    params: { id: need.id, fields: need.map },
    async run({ id, fields }, call) {
      await call.portal.access.requireSettings(call)
      const before = await formById(call.session, id)
      if (before === undefined) throw notFound()
      const title = argument(fields, 'title') === undefined ? before.title : titleIn(fields)
      const active = argument(fields, 'active')
      const given = argument(fields, 'definition')
      const definition =
        given === undefined ? JSON.stringify(before.definition) : await definitionIn(call, before.entityTypeId, given)
      await administer(call, async (tx) => {
        await tx.change(
          sql`update web_form set title = ${title}, active = ${active === undefined ? (before.active ? 'Y' : 'N') : flagOf(active)}, definition = ${definition}, updated = ${Math.floor(call.now)} where id = ${id}`,
        )
      })
      const form = await formById(call.session, id)
      if (form === undefined) throw notFound()
      return { form: shown(call, form, (await submissionsOf(call.session)).get(id)) }
    },
  }),
  method({
    name: 'portico.form.delete',
    scope: 'crm',
    params: { id: need.id },
    async run({ id }, call) {
      await call.portal.access.requireSettings(call)
      if ((await formById(call.session, id)) === undefined) throw notFound()
      await administer(call, async (tx) => {
        await tx.change(sql`delete from web_form_submission where form_id = ${id}`)
        await tx.change(sql`delete from web_form where id = ${id}`)
      })
      return true
    },
  }),
]

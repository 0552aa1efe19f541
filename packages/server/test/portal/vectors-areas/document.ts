import { docx } from '../../support/docx.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Difference } from '../vectors-differences.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { fieldsOf, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const G = 'crm.documentgenerator'
const content = docx(['{DocumentNumber}']).toString('base64')

async function numerator(portal: TestPortal): Promise<number> {
  const fields = { name: 'Numerator', template: '{NUMBER}' }
  return (await must<{ numerator: { id: number } }>(portal, `${G}.numerator.add`, { fields })).numerator.id
}

async function template(portal: TestPortal, more: Parameters = {}): Promise<string> {
  const fields = {
    name: 'Template',
    file: ['template.docx', content],
    numeratorId: await numerator(portal),
    region: 'en',
    entityTypeId: ['2'],
    users: ['UA'],
    ...more,
  }
  return (await must<{ template: { id: string } }>(portal, `${G}.template.add`, { fields })).template.id
}

const deal = (portal: TestPortal): Promise<number> => must(portal, 'crm.deal.add', { fields: { TITLE: 'A deal' } })

async function anyDocument(portal: TestPortal, entityId?: number): Promise<number> {
  const params = {
    templateId: await template(portal),
    entityTypeId: 2,
    entityId: entityId ?? (await deal(portal)),
    stampsEnabled: 1,
  }
  return (await must<{ document: { id: number } }>(portal, `${G}.document.add`, params)).document.id
}

const to =
  (make: (portal: TestPortal) => Promise<unknown>): Target =>
  async (portal, params) =>
    withId(params, await make(portal))

/** The placeholder for base64 is a docx, and the numerator one that is there. */
const withFile: Target = async (portal, params) => ({
  ...params,
  fields: { ...fieldsOf(params), file: ['template.docx', content], numeratorId: await numerator(portal) },
})

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const targets: VectorArea['targets'] = {
  [`${G}.numerator.update`]: to(numerator),
  [`${G}.numerator.get`]: to(numerator),
  [`${G}.numerator.delete`]: to(numerator),
  [`${G}.template.add`]: withFile,
  [`${G}.template.update`]: async (portal, params) => withId(await withFile(portal, params), await template(portal)),
  [`${G}.template.get`]: to(template),
  [`${G}.template.delete`]: to(template),
  // A map by ids: they are the documented ones, and the only ones of their region.
  [`${G}.template.list`]: async (portal, params) => {
    const session = portal.portal.store.session()
    for (const id of [37, 39]) {
      await session.transaction((tx) => tx.skipIds({ name: 'crm_document_template', columns: {} }, id))
      await session.settled()
      await template(portal, { region: 'fr' })
    }
    return { ...params, filter: { ...(params.filter as Parameters), region: 'fr' } }
  },
  [`${G}.template.getfields`]: async (portal, params) => ({
    ...params,
    id: await template(portal),
    entityId: await deal(portal),
  }),
  [`${G}.document.add`]: async (portal, params) => ({
    ...params,
    templateId: await template(portal),
    entityId: await deal(portal),
  }),
  [`${G}.document.update`]: to(anyDocument),
  [`${G}.document.get`]: to(anyDocument),
  [`${G}.document.getfields`]: to(anyDocument),
  [`${G}.document.delete`]: to(anyDocument),
  [`${G}.document.enablepublicurl`]: to(anyDocument),
  [`${G}.document.list`]: async (portal, params) => {
    const entityId = await deal(portal)
    await anyDocument(portal, entityId)
    return { ...params, filter: { entityTypeId: 2, entityId } }
  },
  [`${G}.document.upload`]: async (portal, params) => ({
    ...params,
    fields: {
      ...fieldsOf(params),
      entityId: await deal(portal),
      fileContent: content,
      pdfContent: Buffer.from('%PDF-1.4').toString('base64'),
      imageContent: pixel,
    },
  }),
}

const later: Difference = {
  at: /\.(image|pdf)Url(Machine)?: missing$/,
  why: '"may be absent immediately after the document is created or updated, as the conversion is performed asynchronously"',
}
const images: Difference = {
  at: /\.(MyCompanyUfLogo|MY_COMPANY): missing$/,
  why: 'the fields are those of the template, and the one of this page has a picture of its portal',
}
const differences: VectorArea['differences'] = {
  [`${G}.document.add`]: [later],
  [`${G}.document.get`]: [later],
  [`${G}.document.update`]: [later],
  [`${G}.document.list`]: [
    later,
    { at: /documents\[\]\.\w+: missing$/, why: 'the answer shown is that to a selection of everything' },
  ],
  [`${G}.document.upload`]: [
    { at: /\.(image|pdf)Url(Machine)?: extra$/, why: 'the request brings both files, and the answer shows neither' },
    {
      at: 'answer.result.document.templateId: null instead of string',
      why: 'what was uploaded was made of no template',
    },
  ],
  [`${G}.document.getfields`]: [images],
  [`${G}.template.getfields`]: [images],
}

const nobody: Provocation = { by: 'nobody' }
const without = (name: string): Provocation => ({
  change: (params: Parameters) => ({
    ...params,
    fields: Object.fromEntries(Object.entries(fieldsOf(params)).filter(([key]) => key !== name)),
  }),
})
const unknown: Provocation = { change: (params: Parameters) => ({ ...params, id: 999_999 }) }
const noId: Provocation = {
  change: (params: Parameters) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== 'id')),
}

const provocations: VectorArea['provocations'] = {
  [`${G}.document.add`]: { change: (params) => ({ ...params, entityTypeId: 9998 }) },
  [`${G}.document.delete`]: noId,
  [`${G}.document.enablepublicurl`]: unknown,
  [`${G}.document.get`]: nobody,
  [`${G}.document.getfields`]: nobody,
  [`${G}.document.update`]: nobody,
  [`${G}.document.upload`]: { change: (params) => ({ ...params, fields: 'text' }) },
  [`${G}.numerator.add`]: without('template'),
  [`${G}.numerator.delete`]: unknown,
  [`${G}.numerator.get`]: unknown,
  [`${G}.numerator.update`]: unknown,
  [`${G}.numerator.list`]: nobody,
  [`${G}.template.list`]: nobody,
  [`${G}.document.list`]: nobody,
  [`${G}.template.add`]: without('numeratorId'),
  [`${G}.template.delete`]: unknown,
  [`${G}.template.get`]: unknown,
  [`${G}.template.update`]: unknown,
  [`${G}.template.getfields`]: nobody,
}

const amended: VectorArea['amended'] = {
  [`${G}.document.upload`]: {
    instead: {
      error: '100',
      error_description: 'Invalid value {fields} to match with parameter {fields}. Should be value of type array.',
    },
    why: 'other pages show the name of the parameter in both places',
  },
  [`${G}.template.list`]: {
    instead: { error: '', error_description: 'You do not have permissions to modify templates' },
    why: 'the table of the same page has both; this is what the other methods answer',
  },
}

export const document: VectorArea = { targets, differences, provocations, amended }

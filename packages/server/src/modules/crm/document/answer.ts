import type { Call } from '../../../methods/method.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { formatDateTime } from '../../../schema/time.ts'
import { document } from './document.ts'
import { productTotals } from './product-fields.ts'

/** What a file of the document is called in answers. */
const links = { fileId: 'download', imageId: 'image', pdfId: 'pdf' } as const

/** Addresses of the files that there are: a picture and a PDF come later, or never. */
export function urlsOf(call: Call, stored: Stored): Record<string, string> {
  const urls: Record<string, string> = {}
  for (const [name, called] of Object.entries(links)) {
    const id = scalarOf(stored, document.field(name))
    if (id === null) continue
    const { machine } = call.encode.fileUrls(Number(id))
    urls[`${called}Url`] = machine
    urls[`${called}UrlMachine`] = machine
  }
  return urls
}

/** The address for people without an account. */
export const publicUrl = (call: Call, code: string | null): string | null =>
  code === null ? null : `${new URL(call.encode.fileUrls(0).machine).origin}/~${code}`

/** What requests gave: shown values, and more exact descriptions of single fields that nobody is shown. */
export interface Given {
  readonly values: Readonly<Record<string, unknown>>
  readonly fields: Readonly<Record<string, unknown>>
}

export const givenOf = (stored: Stored): Given => ({
  values: {},
  fields: {},
  ...(JSON.parse(String(scalarOf(stored, document.field('values')) ?? '{}')) as Partial<Given>),
})

export function valuesOf(stored: Stored): Record<string, unknown> {
  const stamps = scalarOf(stored, document.field('stampsEnabled')) === 'Y'
  return {
    productsTableVariant: '',
    _creationMethod: 'rest',
    ...(stamps ? { stampsEnabled: true } : {}),
    ...givenOf(stored).values,
  }
}

/**
 * A document as its methods show it (crm-document-generator-document-get.md). Ids are texts but where it has just been
 * made: then its own and its author's are numbers.
 */
export async function answer(call: Call, stored: Stored, isNew = false): Promise<{ document: object }> {
  const value = (name: string) => scalarOf(stored, document.field(name))
  const id = Number(value('id'))
  const idText = (name: string): string | null => (value(name) === null ? null : String(value(name)))
  const time = (name: string): string => formatDateTime(Number(value(name)), call.portal.zone)
  const error = value('transformError')
  const number = (text: string | null): string | number | null => (isNew && text !== null ? Number(text) : text)
  return {
    document: {
      changeStampsEnabled: false,
      changeStampsDisabledReason: 'The template is missing seals and signatures',
      changeQrCodeEnabled: false,
      qrCodeEnabled: false,
      changeQrCodeDisabledReason: 'The template is missing a QR code',
      products: await productTotals(call, Number(value('entityTypeId')), Number(value('entityId'))),
      ...urlsOf(call, stored),
      publicUrl: publicUrl(call, value('publicCode') as string | null),
      id: number(String(id)),
      title: value('title'),
      number: value('number'),
      createTime: time('createTime'),
      createdBy: number(idText('createdBy')),
      updateTime: time('updateTime'),
      updatedBy: value('updatedBy') === null ? null : Number(value('updatedBy')),
      stampsEnabled: value('stampsEnabled') === 'Y',
      isTransformationError: error !== null,
      ...(error === null ? {} : transformation(String(error))),
      values: valuesOf(stored),
      templateId: idText('templateId'),
      pullTag: `TRANSFORMDOCUMENT${id}`,
      emailDiskFile: Number(value('pdfId') ?? value('fileId') ?? 0),
      entityId: idText('entityId'),
      entityTypeId: idText('entityTypeId'),
    },
  }
}

function transformation(error: string): { transformationErrorCode: string; transformationErrorMessage: string } {
  const [, code = '', message = error] = /^([A-Z_]+): (.*)$/s.exec(error) ?? []
  return { transformationErrorCode: code, transformationErrorMessage: message }
}

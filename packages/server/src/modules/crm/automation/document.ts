import { createHash } from 'node:crypto'
import type { Portal } from '../../../records/context.ts'
import { nameOfEntityType } from '../../../schema/entity-types.ts'
import type { Reader } from '../../../store/store.ts'

/** Module, class and type by which workflows name what they work on (api-reference/bizproc/bizproc-robot/bizproc-robot-add.md). */
export type DocumentType = readonly [module: string, object: string, type: string]

const classes: Readonly<Record<number, string>> = {
  1: 'CCrmDocumentLead',
  2: 'CCrmDocumentDeal',
  3: 'CCrmDocumentContact',
  4: 'CCrmDocumentCompany',
  7: 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Quote',
  31: 'Bitrix\\Crm\\Integration\\BizProc\\Document\\SmartInvoice',
}
const DYNAMIC = 'Bitrix\\Crm\\Integration\\BizProc\\Document\\Dynamic'

export const documentType = (entityTypeId: number): DocumentType => [
  'crm',
  classes[entityTypeId] ?? DYNAMIC,
  nameOfEntityType(entityTypeId),
]

/** `['crm', 'CCrmDocumentDeal', 'DEAL_57']`. */
export function documentId(entityTypeId: number, id: number): DocumentType {
  const [module, object, type] = documentType(entityTypeId)
  return [module, object, `${type}_${id}`]
}

/** Who calls, as far as it can be told to an address that belongs to no application: nothing with which to call back. */
export async function senderOf(portal: Portal, reader: Reader, userId: number): Promise<Record<string, unknown>> {
  const key = (await portal.settings.get(reader, 'link.key')) ?? ''
  const endpoint = portal.publicUrl === null ? '' : `${portal.publicUrl}/rest/`
  return {
    domain: portal.publicUrl === null ? '' : new URL(portal.publicUrl).host,
    client_endpoint: endpoint,
    server_endpoint: endpoint,
    // 32 hexadecimal digits, the same for ever, that tell nothing about the key.
    member_id: createHash('md5').update(`member:${key}`).digest('hex'),
    status: 'L',
    user_id: userId,
  }
}

/** A map as a form, nested as PHP reads it: `auth[domain]=…&document_id[0]=crm`. */
export function formOf(given: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams()
  const write = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) write(`${name}[${key}]`, each)
    else
      form.append(
        name,
        value === null || value === undefined ? '' : value === true ? 'Y' : value === false ? 'N' : String(value),
      )
  }
  for (const [name, value] of Object.entries(given)) write(name, value)
  return form.toString()
}

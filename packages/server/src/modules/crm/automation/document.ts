import { authOf, senderOf as authOfSender } from '../../../records/application-auth.ts'
import { issueTokens } from '../../../records/applications.ts'
import type { Portal } from '../../../records/context.ts'
import { originOf } from '../../../records/endpoints.ts'
import type { JobContext } from '../../../records/jobs.ts'
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

/** Who calls an address that belongs to no application. */
export const senderOf = async (portal: Portal, reader: Reader, userId: number): Promise<Record<string, unknown>> => ({
  ...(await authOfSender(portal, reader, originOf(portal))),
  status: 'L',
  user_id: userId,
})

/** Who calls the robot of an application, with tokens for the person in whose name it works. */
export async function authOfRobot(
  { portal, session }: Pick<JobContext, 'portal' | 'session'>,
  owner: string,
  userId: number,
): Promise<object> {
  const application = await portal.applications.byKey(session, owner)
  if (application === undefined) return senderOf(portal, session, userId)
  const tokens = await session.transaction((tx) => issueTokens(portal, tx, application, userId))
  return authOf(portal, session, application, originOf(portal), { id: userId, tokens })
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

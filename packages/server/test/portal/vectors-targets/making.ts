import type { TestPortal } from '../../support/portal.ts'
import { type Parameters, sendable, vector } from '../../support/vectors.ts'

/**
 * What a documented request refers to, made before it is sent. The documentation's ids are those of its own portal, so
 * that a target is made and its id put in the place of the documented one; nothing else of a request is changed, but
 * where a comment says why.
 */
export type Target = (portal: TestPortal, params: Parameters) => Promise<Parameters>

/** Calls a method that has to succeed. */
export async function must<T = number>(portal: TestPortal, method: string, params: unknown): Promise<T> {
  const { status, body } = await portal.call(method, params)
  if (status !== 200) throw new Error(`${method} was refused: ${body.error} ${body.error_description}`)
  return body.result as T
}

/** The first documented request of a method. */
export const documented = (method: string): Parameters =>
  sendable(vector(method).requests[0] ?? { params: {} }, new Date())

let made = 0

/** A number that no other target has, for names that must be unique. */
export const fresh = (): number => ++made

/** Puts an id in the place of the documented one, under the name that the request gives it. */
export function withId(params: Parameters, id: unknown): Parameters {
  const name = Object.keys(params).find((key) => key.toLowerCase() === 'id')
  return { ...params, [name ?? 'id']: id }
}

export const fieldsOf = (params: Parameters): Parameters => (params.fields ?? params.FIELDS) as Parameters

/** A record made by an UPPER_CASE method. */
export const legacyRecord =
  (method: string, fields: Parameters): Target =>
  async (portal, params) =>
    withId(params, await must(portal, method, { fields }))

/** An item of the type that the request names. */
export const itemRecord =
  (fields: Parameters): Target =>
  async (portal, params) => {
    const { item } = await must<{ item: { id: number } }>(portal, 'crm.item.add', {
      entityTypeId: params.entityTypeId,
      fields,
    })
    return withId(params, item.id)
  }

/** A pipeline of the type. */
export async function category(portal: TestPortal, entityTypeId: unknown): Promise<number> {
  const fields = { name: 'Another pipeline', sort: 200 }
  return (await must<{ category: { id: number } }>(portal, 'crm.category.add', { entityTypeId, fields })).category.id
}

export async function hasType(portal: TestPortal, entityTypeId: unknown): Promise<boolean> {
  return (await portal.call('crm.type.getByEntityTypeId', { entityTypeId })).status === 200
}

/** The smart process of that number, made if there is none. */
export async function type(portal: TestPortal, entityTypeId: unknown, flags: Parameters = {}): Promise<void> {
  if (!(await hasType(portal, entityTypeId)))
    await must(portal, 'crm.type.add', {
      fields: { title: `Smart process ${String(entityTypeId)}`, entityTypeId, isCategoriesEnabled: 'Y', ...flags },
    })
}

export const typed: Target = async (portal, params) => {
  await type(portal, params.entityTypeId)
  return params
}

/** All settings of the documented smart process. */
export const everyFlag = Object.fromEntries(
  Object.entries(fieldsOf(documented('crm.type.add'))).filter(([name]) => name.startsWith('is')),
)

/** The documented smart process has every setting on, and is a child of leads. */
export const full: Target = async (portal, params) => {
  const relations = { parent: [{ entityTypeId: 1, isChildrenListEnabled: 'true' }] }
  await type(portal, params.entityTypeId, { ...everyFlag, relations })
  return params
}

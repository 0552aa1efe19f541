import { type Client, PortalError } from 'portico-client'
import type { Output } from '../output/output.ts'
import { type Facts, readCategories, readStatuses, readUsers } from './engine/facts.ts'
import { type FieldInfo, isRow, readFields } from './engine/field.ts'
import type { Subject } from './subject.ts'

type Calling = { readonly client: Client; readonly output: Output; readonly signal: AbortSignal }

/** The fields of what is transferred, as the portal tells them. */
export async function fieldsOf({ client, signal }: Calling, { fields }: Subject): Promise<FieldInfo[]> {
  return readFields(await client.call(fields.method, fields.params, { signal }))
}

async function rows(calling: Calling, method: string, params: Record<string, unknown> = {}): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const row of calling.client.list(method, params, { signal: calling.signal })) all.push(row)
  return all
}

/** What only checks and looks up names is done without where the credential does not open it. */
async function asked<T>(calling: Calling, what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (cause) {
    if (!(cause instanceof PortalError)) throw cause
    calling.output.warn(`${what} cannot be checked here: ${[cause.code, cause.text].filter(Boolean).join(': ')}`)
    return undefined
  }
}

/**
 * What values are checked against.
 * @param used the fields that will be filled: what none of them needs is not asked for
 */
export async function factsOf(
  calling: Calling,
  { dialect, entityTypeId }: Subject,
  fields: readonly FieldInfo[],
  used: readonly FieldInfo[],
): Promise<Facts> {
  const needs = (...types: string[]): boolean => used.some(({ type }) => types.includes(type))
  const hasStage = needs('crm_status', 'crm_category')
  return {
    dialect,
    entityTypeId,
    fields,
    statuses: hasStage
      ? await asked(calling, 'stages and directories', async () => readStatuses(await rows(calling, 'crm.status.list')))
      : undefined,
    categories:
      hasStage && hasPipelines(entityTypeId, fields)
        ? await asked(calling, 'pipelines', async () =>
            readCategories(await rows(calling, 'crm.category.list', { entityTypeId })),
          )
        : undefined,
    users: needs('user', 'employee')
      ? await asked(calling, 'people', async () => readUsers(await rows(calling, 'user.get')))
      : undefined,
    currencies: needs('crm_currency', 'money')
      ? await asked(calling, 'currencies', async () => currencyCodes(await rows(calling, 'crm.currency.list')))
      : undefined,
  }
}

const hasPipelines = (entityTypeId: number | undefined, fields: readonly FieldInfo[]): boolean =>
  entityTypeId !== undefined && fields.some(({ type, key }) => type === 'crm_category' || /^category_?id$/i.test(key))

const currencyCodes = (found: readonly unknown[]): Set<string> =>
  new Set(found.filter(isRow).map(({ CURRENCY }) => String(CURRENCY)))

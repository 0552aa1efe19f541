import { Failure } from '../../records/failure.ts'
import type { Entity } from '../../schema/entity.ts'
import { isDynamic, nameOfEntityType } from '../../schema/entity-types.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../schema/kind.ts'
import type { Reader } from '../../store/store.ts'
import { inStyle, legacyError, legacyStyle } from '../errors.ts'
import { type Call, isMap, type Map, method, type Method, take } from '../method.ts'
import { type Card, holdPipeline, readCard, removeCard, removePersonalCards, writeCard } from './card-rows.ts'
import { type CardWords, readSections } from './card-sections.ts'

const LEAD = 1
const DEAL = 2
const SIMPLE = 1

function given(extras: unknown, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = isMap(extras) ? extras[name] : undefined
    if (isBlank(value)) continue
    try {
      return integerOf(value)
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw legacyError(`Parameter 'extras.${name}' is invalid.`)
    }
  }
  return undefined
}

/** Leads have a card for simple and one for repeat ones, records with pipelines one for each of these. */
async function variantOf(call: Call, reader: Reader, entity: Entity, extras: unknown): Promise<number> {
  const { entityTypeId } = entity
  if (entityTypeId === LEAD) {
    // One page calls it so, another otherwise (api-reference/crm/leads/custom-form/crm-lead-details-configuration-get.md).
    const type = given(extras, ['leadCustomerType', 'lead.customer.type']) ?? SIMPLE
    if (type !== SIMPLE && type !== 2) throw legacyError("Parameter 'extras.leadCustomerType' is invalid.")
    return type
  }
  if (!entity.categories || entity.stageField === undefined) return 0
  const name = entityTypeId === DEAL ? 'dealCategoryId' : 'categoryId'
  const asked = given(extras, [name])
  const pipelines = await call.portal.directories.categories(reader, entityTypeId)
  if (asked === undefined) return pipelines.find(({ isDefault }) => isDefault)?.id ?? 0
  // The general pipeline of deals is no row of the directory.
  if ((asked !== 0 || entityTypeId !== DEAL) && !pipelines.some(({ id }) => id === asked))
    throw legacyError(`Parameter 'extras.${name}' is invalid.`)
  return asked
}

async function entityOf(call: Call, input: unknown): Promise<Entity> {
  if (isBlank(input)) throw legacyError("Parameter 'entityTypeId' is not defined")
  let id: number
  try {
    id = integerOf(input)
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw legacyError("Parameter 'entityTypeId' is not defined")
  }
  const entity = await call.portal.entities.find(call.session, id)
  if (entity !== undefined) return entity
  const name = nameOfEntityType(id)
  const shown = name.startsWith('DYNAMIC') && !isDynamic(id) ? String(id) : name
  throw legacyError(`The entity type '${shown}' is not supported in current context.`)
}

/** Whose card it is; other people's and the common one are for those who may change the entity's settings, the latter only if it is written. */
async function ownerOf(call: Call, entity: Entity, { scope, userId }: WhoseParams, writes: boolean): Promise<number> {
  const kind = isBlank(scope) ? 'P' : textOf(scope).trim().toUpperCase()
  if (kind !== 'P' && kind !== 'C') throw legacyError("Parameter 'scope' is invalid.")
  const owner = kind === 'C' ? 0 : userId === undefined || userId <= 0 ? call.person.id : userId
  if (owner !== call.person.id && (writes || owner !== 0)) await call.portal.access.requireSettings(call, { entity })
  return owner
}

interface WhoseParams {
  readonly scope: string | undefined
  readonly userId: number | undefined
}

const whose = { scope: take.text, userId: take.integer() }

/**
 * `crm.lead.details.configuration.{get,set,reset,forceCommonScopeForAll}` and its siblings: which sections and fields
 * a card shows. Without `entityTypeId` the request names the type (`crm.item.details.configuration.*`).
 */
export function cardConfiguration(prefix: string, words: CardWords, entityTypeId?: number): Method[] {
  const scope = 'crm'
  const style = 'legacy'
  const typed = { ...(entityTypeId === undefined ? { entityTypeId: take.any } : {}), extras: take.any }
  const entity = (call: Call, params: Map): Promise<Entity> => entityOf(call, entityTypeId ?? params.entityTypeId)
  const cardOf = async (call: Call, params: Map & WhoseParams, writes: boolean): Promise<Card> => {
    const of = await entity(call, params)
    const userId = await ownerOf(call, of, params, writes)
    const variant = await variantOf(call, call.session, of, params.extras)
    return { entityTypeId: of.entityTypeId, variant, userId }
  }
  return [
    method({
      name: `${prefix}.get`,
      scope,
      style,
      params: { ...whose, ...typed },
      run: (params, call) =>
        inStyle(legacyStyle, 'read', async () => readCard(call.session, await cardOf(call, params, false))),
    }),
    method({
      name: `${prefix}.set`,
      scope,
      style,
      params: { ...whose, ...typed, data: take.any },
      run: (params, call) =>
        inStyle(legacyStyle, 'write', async () => {
          const card = await cardOf(call, params, true)
          const sections = readSections(params.data, words)
          await call.session.transaction(async (tx) => {
            const { userId } = card
            if (userId !== 0 && (await call.portal.people.find(tx, userId)) === undefined)
              throw new Failure({ why: 'not-found' })
            if (!(await holdPipeline(tx, card))) throw new Failure({ why: 'not-found' })
            await writeCard(tx, card, sections)
          })
          return true
        }),
    }),
    method({
      name: `${prefix}.reset`,
      scope,
      style,
      params: { ...whose, ...typed },
      run: (params, call) =>
        inStyle(legacyStyle, 'write', async () => {
          const card = await cardOf(call, params, true)
          await call.session.transaction((tx) => removeCard(tx, card))
          return true
        }),
    }),
    method({
      name: `${prefix}.forceCommonScopeForAll`,
      scope,
      style,
      params: typed,
      run: (params, call) =>
        inStyle(legacyStyle, 'write', async () => {
          const of = await entity(call, params)
          await call.portal.access.requireSettings(call, { entity: of })
          const variant = await variantOf(call, call.session, of, params.extras)
          await call.session.transaction((tx) => removePersonalCards(tx, { entityTypeId: of.entityTypeId, variant }))
          return true
        }),
    }),
  ]
}

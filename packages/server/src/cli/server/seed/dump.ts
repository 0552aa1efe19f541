import { nearest } from '../../../config/nearest.ts'
import type { Opened } from '../../command.ts'
import { dumpApps, dumpOutbound, dumpWebhooks } from './dump/access.ts'
import type { Baseline } from './dump/baseline.ts'
import { Dumping } from './dump/dumping.ts'
import { dumpFields, nameFields } from './dump/fields.ts'
import { dumpItems, inOrder, nameItems } from './dump/items.ts'
import { nameLeft } from './dump/left.ts'
import { Look } from './dump/look.ts'
import { dumpParts, partNames } from './dump/parts/index.ts'
import { dumpDepartments, dumpRoles, dumpUsers, namePeople } from './dump/people.ts'
import { dumpCurrencies, dumpPortal } from './dump/settings.ts'
import { readState } from './dump/state.ts'
import { dumpPipelines, dumpStatuses, dumpTypes, nameStructure } from './dump/structure.ts'
import { type DumpFormat, textOf } from './dump/text.ts'
import { type Section, SeedError } from './items.ts'

export { type Baseline, baselineOf } from './dump/baseline.ts'
export type { DumpFormat } from './dump/text.ts'

export interface DumpOptions {
  /** What is as in every new portal and need not be said: `baselineOf` a portal in memory, of the same language. */
  readonly baseline: Baseline
  /** In whose name; an administrator. */
  readonly userId?: number
  readonly format?: DumpFormat
  /** Only these sections. Names in them may stand for what is in others. */
  readonly only?: readonly Section[] | undefined
  /** Only records of these kinds: `deal`, the name of a smart process, `crm.requisite`; an empty list is none. */
  readonly records?: readonly string[] | undefined
  /** Told of what a seed cannot say. */
  readonly onLeft?: (what: string) => void
}

/**
 * The state of a portal as a seed: applied to a fresh portal, it brings that into the same state. The same state gives
 * the same text. It has no passwords, secrets or codes; when and by whom something was made is not in it.
 */
export async function dumpSeed(
  { portal, pipeline }: Pick<Opened, 'portal' | 'pipeline'>,
  { baseline, userId = 1, format = 'yaml', only, records, onLeft }: DumpOptions,
): Promise<string> {
  return pipeline.inside(userId, async (dispatch, session) => {
    const look = new Look(portal, session, dispatch)
    const dumping = await Dumping.of(look, await readState(look), baseline)
    // Names first: whatever is told may name anything.
    namePeople(dumping)
    nameStructure(dumping)
    nameFields(dumping)
    dumpCurrencies(dumping)
    dumpPortal(dumping)
    dumpDepartments(dumping)
    dumpStatuses(dumping)
    dumpRoles(dumping)
    dumpTypes(dumping)
    dumpPipelines(dumping)
    dumpFields(dumping)
    dumpApps(dumping)
    dumpWebhooks(dumping)
    dumpOutbound(dumping)
    if (only?.includes('records') ?? true) await dumpRecords(dumping, records)
    if (only?.includes('users') ?? true) await dumpUsers(dumping)
    if (only === undefined && records === undefined) await nameLeft(dumping)
    const told = dumping.dumped.filter(({ section }) => only?.includes(section) ?? true)
    const left = [...dumping.left]
    for (const each of left) onLeft?.(each)
    return textOf(
      told,
      format,
      left.map((each) => `left out: ${each}`),
    )
  })
}

async function dumpRecords(dumping: Dumping, records?: readonly string[]): Promise<void> {
  const { portal, session } = dumping.look
  const entities = inOrder(await portal.entities.all(session))
  const kinds = [...entities.map(({ entityTypeId }) => dumping.entityName(entityTypeId)), ...partNames]
  const unknown = records?.find((each) => !kinds.includes(each))
  if (unknown !== undefined) {
    const meant = nearest(unknown, kinds)
    const others = meant === undefined ? `there are ${kinds.join(', ')}` : `did you mean ${meant}?`
    throw new SeedError(`there are no records "${unknown}": ${others}`)
  }
  const isWanted = (kind: string): boolean => records?.includes(kind) ?? true
  const { items } = (await dumping.look.call('crm.item.list', {
    entityTypeId: 4,
    select: ['id'],
    filter: { isMyCompany: 'Y' },
  })) as { items: unknown[] }
  dumping.hasOwnCompany = items.length > 0
  if (records?.length === 0) return
  await dumpParts(dumping, 'before', isWanted)
  for (const entity of entities) await nameItems(dumping, entity)
  for (const entity of entities) if (isWanted(dumping.entityName(entity.entityTypeId))) await dumpItems(dumping, entity)
  await dumpParts(dumping, 'after', isWanted)
}

import type { ApiError } from '../../../methods/errors.ts'
import { JoinedSession } from '../../../store/joined-session.ts'
import { sql } from '../../../store/sql.ts'
import type { Opened } from '../../command.ts'
import { type Position, type Seed, SeedError, type TestingPart, type TestingSection } from './items.ts'
import type { Workshop } from './kinds/kind.ts'
import { Seeding, type SeedResult } from './seeding.ts'

export type { SeedResult } from './seeding.ts'

/** Does what a section for tests says: makes faults, sets the clock. What it throws is refused, and nothing changes. */
export type Testing = (section: TestingSection, value: unknown, at: Position | undefined) => Promise<void>

interface Options {
  /** In whose name; an administrator. */
  readonly userId?: number
  readonly env?: NodeJS.ProcessEnv
  /** Everything is tried, and nothing stays. */
  readonly dryRun?: boolean
  readonly onItem?: (result: SeedResult) => void
  /** Of a portal that was started for tests; without it, sections for tests are refused. */
  readonly testing?: Testing | undefined
}

/**
 * Brings a portal into the state that a seed describes, all of it or nothing: what is not there is made, what the seed
 * says otherwise than when it was applied last is changed, and everything else is left alone. Nothing is deleted but
 * what the seed calls absent.
 * @throws {SeedError} with the place of what is refused; nothing has changed then
 */
export async function applySeed(
  { portal, pipeline, sessions }: Pick<Opened, 'portal' | 'pipeline' | 'sessions'>,
  seed: Seed,
  { userId = 1, env = process.env, dryRun = false, onItem, testing }: Options = {},
): Promise<SeedResult[]> {
  if (testing === undefined) refuseTesting(seed.testing)
  const session = portal.store.session()
  const person = await portal.people.find(session, userId)
  if (person?.active !== true || !person.admin) throw new SeedError(`user ${userId} is no administrator`)
  const joined = new JoinedSession(session, async () => {})
  try {
    const results = await pipeline.inside(
      userId,
      async (dispatch) => {
        const shop: Workshop = {
          portal,
          sessions,
          session: joined,
          env,
          async call(method, parameters) {
            const { error, result } = await dispatch(method, parameters)
            if (error !== undefined) throw refusal(method, error)
            return result
          },
          ask: async (method, parameters) => (await dispatch(method, parameters)).result,
          async isSeeded(kind, id) {
            const found = sql`select 1 as one from seed_entry where kind = ${kind} and id = ${JSON.stringify(id)}`
            return (await joined.find(found)).length > 0
          },
        }
        const seeding = new Seeding(shop, seed.items, onItem)
        await seeding.run()
        if (!dryRun && testing !== undefined)
          for (const { section, value, at } of seed.testing)
            await testing(section, await seeding.resolve(value, at), at)
        return seeding.results
      },
      undefined,
      joined,
    )
    if (dryRun) await joined.abandon()
    else await joined.finish(async () => {})
    await session.settled()
    return results
  } catch (cause) {
    await joined.abandon()
    throw cause
  } finally {
    // What a transaction that was undone has read is not there.
    portal.caches.drop()
  }
}

/** What a method has refused; whose call it was is said by whoever made it. */
const refusal = (method: string, { code, description }: ApiError): SeedError =>
  new SeedError(`${method}: ${String(code)}: ${description}`)

function refuseTesting([part]: readonly TestingPart[]): void {
  if (part === undefined) return
  const are = part.section === 'clock' ? 'a clock is' : `${part.section} are`
  throw new SeedError(`${are} for a portal that was started for tests: --testing`, part.at)
}

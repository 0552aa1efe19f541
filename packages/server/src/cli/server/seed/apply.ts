import { createHash } from 'node:crypto'
import { seedEntry } from '../../../modules/operator/seed-table.ts'
import type { ApiError } from '../../../methods/errors.ts'
import { JoinedSession } from '../../../store/joined-session.ts'
import { sql } from '../../../store/sql.ts'
import type { Opened } from '../../command.ts'
import { type SeedItem, SeedError } from './document.ts'
import { type Fields, type Kind, kinds, type Made, type Workshop } from './kinds.ts'
import { recordKind } from './record-kinds.ts'
import { resolved } from './references.ts'

export interface SeedResult {
  readonly name: string
  readonly kind: string
  readonly done: 'created' | 'updated' | 'unchanged'
  /** How the portal knows it. */
  readonly id: string | number
  /** What nobody can find out a second time: the path of a webhook, the secret of an application. */
  readonly secret?: string
}

interface Options {
  /** In whose name; an administrator. */
  readonly userId?: number
  readonly env?: NodeJS.ProcessEnv
  /** Everything is tried, and nothing stays. */
  readonly dryRun?: boolean
  readonly onItem?: (result: SeedResult) => void
}

/**
 * Brings a portal into the state that a seed describes, all of it or nothing: what is not there is made, what the seed
 * says otherwise than when it was applied last is changed, and everything else is left alone. Nothing is deleted.
 * @throws {SeedError} with the place of what is refused; nothing has changed then
 */
export async function applySeed(
  { portal, pipeline, sessions }: Pick<Opened, 'portal' | 'pipeline' | 'sessions'>,
  seed: readonly SeedItem[],
  { userId = 1, env = process.env, dryRun = false, onItem }: Options = {},
): Promise<SeedResult[]> {
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
            if (error !== undefined) throw new Refused(method, error)
            return result
          },
          ask: async (method, parameters) => (await dispatch(method, parameters)).result,
        }
        const seeding = new Seeding(shop, seed, onItem)
        for (const { name } of seed) await seeding.make(name)
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

/** What a method has refused, until it is known whose call it was. */
class Refused extends Error {
  constructor(method: string, { code, description }: ApiError) {
    super(`${method}: ${String(code)}: ${description}`)
  }
}

interface Entry {
  readonly kind: string
  readonly id: Made['id']
  readonly value: Made['value']
  readonly digest: string
}

class Seeding {
  readonly results: SeedResult[] = []
  readonly #shop: Workshop
  readonly #items: ReadonlyMap<string, SeedItem>
  readonly #onItem: ((result: SeedResult) => void) | undefined
  readonly #made = new Map<string, { readonly kind: Kind; readonly made: Made }>()
  /** Under way, each for the sake of the one before. */
  readonly #making: string[] = []

  constructor(shop: Workshop, seed: readonly SeedItem[], onItem?: (result: SeedResult) => void) {
    this.#shop = shop
    this.#items = new Map(seed.map((item) => [item.name, item]))
    this.#onItem = onItem
  }

  /** Makes what has this name, after all that it refers to; undefined where the seed has no such name. */
  async make(name: string): Promise<{ readonly kind: Kind; readonly made: Made } | undefined> {
    const done = this.#made.get(name)
    const item = this.#items.get(name)
    if (done !== undefined || item === undefined) return done
    if (this.#making.includes(name))
      throw new SeedError(`${[...this.#making, name].join(' needs ')}: neither can be made first`, item.at)
    this.#making.push(name)
    try {
      const found = await this.#settle(item)
      this.#made.set(name, found)
      return found
    } catch (cause) {
      if (cause instanceof Refused) throw new SeedError(`${item.name}: ${cause.message}`, item.at, { cause })
      throw cause
    } finally {
      this.#making.pop()
    }
  }

  async #settle(item: SeedItem): Promise<{ readonly kind: Kind; readonly made: Made }> {
    const shop = this.#shop
    const kind = await this.#kindOf(item)
    const fields = (await resolved(item.fields, (name, member) => this.#lookUp(name, member, item))) as Fields
    const label = item.entity === '' ? item.section : `${item.section} ${item.entity}`
    const digest = digestOf(fields, kind.once ?? [])
    const known = await this.#known(item.name)
    if (known !== undefined && known.kind !== label)
      throw new SeedError(`an earlier seed has made "${item.name}" of ${known.kind}: choose another name`, item.at)
    const isThere = known !== undefined && (await kind.exists(shop, known.id, item, fields))
    const tell = (done: SeedResult['done'], { id, secret }: Made): void => {
      const result: SeedResult = { name: item.name, kind: label, done, id, ...(secret === undefined ? {} : { secret }) }
      this.results.push(result)
      this.#onItem?.(result)
    }
    if (isThere && known.digest === digest) {
      tell('unchanged', known)
      return { kind, made: known }
    }
    const before: Made | undefined = isThere ? known : await kind.adopt?.(shop, fields, item)
    const changed = before === undefined ? undefined : await kind.update(shop, before.id, fields, item)
    const made = changed ?? before ?? (await kind.add(shop, fields, item))
    await this.#remember(item.name, { kind: label, id: made.id, value: made.value, digest })
    tell(before === undefined ? 'created' : 'updated', made)
    return { kind, made }
  }

  async #kindOf(item: SeedItem): Promise<Kind> {
    if (item.section !== 'records') return kinds[item.section]
    const typeNamed = async (name: string): Promise<number | undefined> => {
      const isType = this.#items.get(name)?.section === 'types'
      const value = isType ? (await this.make(name))?.made.value : (await this.#known(name, 'types'))?.value
      return value === undefined ? undefined : Number(value)
    }
    const kind = await recordKind(item.entity, typeNamed)
    if (kind !== undefined) return kind
    throw new SeedError(
      `there are no records "${item.entity}": lead, deal, contact, company, quote, invoice, the name of a type in the seed, or what stands before .add in a method`,
      item.at,
    )
  }

  async #lookUp(name: string, member: string | undefined, { name: by, at }: SeedItem): Promise<string | number> {
    const own = await this.make(name)
    const known = own === undefined ? await this.#known(name) : undefined
    const made = own?.made ?? known
    if (made === undefined)
      throw new SeedError(`${by}: nothing has the name "${name}" (a text that begins with @ is written with two)`, at)
    if (member === undefined) return made.value
    if (member === 'id') return made.id
    const kind = own?.kind ?? (known?.kind.startsWith('records ') === false ? kinds[known.kind as 'fields'] : undefined)
    const found = await kind?.member?.(this.#shop, made.id, member)
    if (found === undefined) throw new SeedError(`${by}: "${name}" has no "${member}"`, at)
    return found
  }

  /** What an earlier seed has made under this name. */
  async #known(name: string, kind?: string): Promise<Entry | undefined> {
    const [row] = await this.#shop.session.find<{ kind: string; id: string; value: string; digest: string }>(
      sql`select kind, id, value, digest from seed_entry where name = ${name}`,
    )
    if (row === undefined || (kind !== undefined && row.kind !== kind)) return undefined
    return {
      kind: row.kind,
      id: JSON.parse(row.id) as Made['id'],
      value: JSON.parse(row.value) as Made['value'],
      digest: row.digest,
    }
  }

  async #remember(name: string, { kind, id, value, digest }: Entry): Promise<void> {
    await this.#shop.session.transaction(async (tx) => {
      await tx.change(sql`delete from seed_entry where name = ${name}`)
      tx.insert(seedEntry, { name, kind, id: JSON.stringify(id), value: JSON.stringify(value), digest })
    })
  }
}

/** Of what is said, whatever its order; without secrets, which a short digest would give away to patience. */
function digestOf(fields: Fields, once: readonly string[]): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]) => [key, sorted(each)]),
    )
  }
  const said = Object.fromEntries(Object.entries(fields).filter(([name]) => !once.includes(name)))
  return createHash('sha256')
    .update(JSON.stringify(sorted(said)))
    .digest('hex')
}

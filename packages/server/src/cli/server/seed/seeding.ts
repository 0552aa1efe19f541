import { createHash } from 'node:crypto'
import { seedEntry } from '../../../modules/operator/seed-table.ts'
import { sql } from '../../../store/sql.ts'
import { type Position, SeedError, type SeedItem } from './items.ts'
import type { Fields, Kind, Made, Workshop } from './kinds/kind.ts'
import { kinds } from './kinds.ts'
import { recordKind } from './record-kinds.ts'
import { resolved } from './references.ts'

export interface SeedResult {
  readonly name: string
  readonly kind: string
  readonly done: 'created' | 'updated' | 'unchanged' | 'removed'
  /** How the portal knows it. */
  readonly id: string | number
  /** What nobody can find out a second time: the path of a webhook, the secret of an application. */
  readonly secret?: string
}

interface Entry {
  readonly kind: string
  readonly id: Made['id']
  readonly value: Made['value']
  /** Of the fields and, behind a colon, of what is said afterwards. */
  readonly digest: string
}

/** Something that is there now. */
interface Settled {
  readonly kind: Kind
  readonly made: Made
}

/** In a CRM without leads a new lead becomes a deal at once, and so would those of the seed. */
const LAST = ['portal.crmMode']

/** What has been taken away. It is remembered nowhere. */
const GONE: Made = { id: '', value: '' }

/** One application of a seed to a portal. */
export class Seeding {
  /** In the order in which things were made. */
  readonly results: SeedResult[] = []
  readonly #shop: Workshop
  readonly #items: ReadonlyMap<string, SeedItem>
  readonly #onItem: ((result: SeedResult) => void) | undefined
  readonly #made = new Map<string, Settled>()
  /** Under way, each for the sake of the one before. */
  readonly #making: string[] = []
  readonly #places = new Map<string, number>()
  /** What `@size.Large` stands for, once it is known. */
  readonly #members = new Map<string, string | number>()

  constructor(shop: Workshop, seed: readonly SeedItem[], onItem?: (result: SeedResult) => void) {
    this.#shop = shop
    this.#items = new Map(seed.map((item) => [item.name, item]))
    this.#onItem = onItem
  }

  /** Makes everything, and says the rest when everything is there. */
  async run(): Promise<void> {
    const all = [...this.#items.keys()]
    for (const name of all) if (!LAST.includes(name)) await this.make(name)
    for (const name of all) if (LAST.includes(name)) await this.make(name)
    for (const item of this.#items.values()) if (item.later !== undefined) await this.#finish(item, item.later)
  }

  /** Puts what names stand for into a value. */
  resolve(value: unknown, at: Position | undefined): Promise<unknown> {
    return resolved(value, (name, member) => this.#lookUp(name, member, { name: 'it', at }))
  }

  /** Makes what has this name, after all that it refers to; undefined where the seed has no such name. */
  async make(name: string): Promise<Settled | undefined> {
    const done = this.#made.get(name)
    const item = this.#items.get(name)
    if (done !== undefined || item === undefined) return done
    if (this.#making.includes(name))
      throw new SeedError(
        `${[...this.#making, name].join(' needs ')}: neither can be made first; what can wait belongs below "later"`,
        item.at,
      )
    this.#making.push(name)
    try {
      const found = await placed(item, () => this.#settle(item))
      this.#made.set(name, found)
      return found
    } finally {
      this.#making.pop()
    }
  }

  async #settle(item: SeedItem): Promise<Settled> {
    const shop = this.#shop
    const kind = await this.#kindOf(item)
    const fields = await this.#resolved(item.fields, item)
    const label = labelOf(item)
    const known = await this.#known(item.name)
    if (known !== undefined && known.kind !== label)
      throw new SeedError(`an earlier seed has made "${item.name}" of ${known.kind}: choose another name`, item.at)
    const isThere = known !== undefined && (await kind.exists(shop, known.id, item, fields))
    if (item.absent === true) return this.#remove(kind, item, fields, isThere ? known : undefined)
    const [before = '', after = ''] = known?.digest.split(':') ?? []
    const digest = digestOf(fields, kind.once ?? [])
    if (isThere && before === digest) {
      this.#tell(item, 'unchanged', known)
      return { kind, made: known }
    }
    const there: Made | undefined = isThere ? known : await kind.adopt?.(shop, fields, item)
    const changed = there === undefined ? undefined : await kind.update(shop, there.id, fields, item)
    const made = changed ?? there ?? (await kind.add(shop, fields, item))
    // What was said afterwards of something that is made anew has to be said again.
    const said = isThere && changed === undefined && after !== '' ? `${digest}:${after}` : digest
    await this.#remember(item.name, { kind: label, id: made.id, value: made.value, digest: said }, known !== undefined)
    this.#tell(item, there === undefined ? 'created' : 'updated', made)
    return { kind, made }
  }

  /** Says of something that is there what could not be said before the rest was there. */
  async #finish(item: SeedItem, later: Fields): Promise<void> {
    const settled = this.#made.get(item.name)
    if (settled === undefined || item.absent === true) return
    await placed(item, async () => {
      const { kind, made } = settled
      const fields = await this.#resolved(later, item)
      const known = await this.#known(item.name)
      const [first = '', before = ''] = known?.digest.split(':') ?? []
      const digest = digestOf(fields, kind.once ?? [])
      if (known === undefined || before === digest) return
      // What a method needs in every call, such as whose pipeline it is, was said before.
      const whole = { ...keysOf(await this.#resolved(item.fields, item)), ...fields }
      await kind.update(this.#shop, made.id, whole, item)
      await this.#remember(item.name, { ...known, digest: `${first}:${digest}` }, true)
      const place = this.#places.get(item.name) ?? 0
      const told = this.results[place]
      if (told?.done === 'unchanged') this.results[place] = { ...told, done: 'updated' }
    })
  }

  async #remove(kind: Kind, item: SeedItem, fields: Fields, known: Made | undefined): Promise<Settled> {
    if (kind.remove === undefined)
      throw new SeedError(`${item.name}: a seed takes away roles, currencies and statuses only`, item.at)
    const there = known ?? (await kind.adopt?.(this.#shop, fields, item))
    if (there === undefined) this.#tell(item, 'unchanged', { id: item.name, value: '' })
    else {
      await kind.remove(this.#shop, there.id, item)
      this.#tell(item, 'removed', there)
    }
    return { kind, made: GONE }
  }

  #tell(item: SeedItem, done: SeedResult['done'], { id, secret }: Made): void {
    const { name } = item
    const result: SeedResult = { name, kind: labelOf(item), done, id, ...(secret === undefined ? {} : { secret }) }
    this.#places.set(name, this.results.push(result) - 1)
    this.#onItem?.(result)
  }

  async #resolved(fields: Fields, item: SeedItem): Promise<Fields> {
    return (await resolved(fields, (name, member) => this.#lookUp(name, member, item))) as Fields
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

  async #lookUp(
    name: string,
    member: string | undefined,
    { name: by, at }: Pick<SeedItem, 'name' | 'at'>,
  ): Promise<string | number> {
    const own = await this.make(name)
    const known = own === undefined ? await this.#known(name) : undefined
    const made = own?.made ?? known
    if (made === undefined || made === GONE)
      throw new SeedError(`${by}: nothing has the name "${name}" (a text that begins with @ is written with two)`, at)
    if (member === undefined) return made.value
    if (member === 'id') return made.id
    const key = `${name}.${member}`
    const kind = own?.kind ?? (known?.kind.startsWith('records ') === false ? kinds[known.kind as 'fields'] : undefined)
    const found = this.#members.get(key) ?? (await kind?.member?.(this.#shop, made.id, member))
    if (found === undefined) throw new SeedError(`${by}: "${name}" has no "${member}"`, at)
    this.#members.set(key, found)
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

  async #remember(name: string, { kind, id, value, digest }: Entry, isKnown: boolean): Promise<void> {
    await this.#shop.session.transaction(async (tx) => {
      if (isKnown) await tx.change(sql`delete from seed_entry where name = ${name}`)
      tx.insert(seedEntry, { name, kind, id: JSON.stringify(id), value: JSON.stringify(value), digest })
    })
  }
}

const labelOf = ({ section, entity }: SeedItem): string => (entity === '' ? section : `${section} ${entity}`)

/** What is refused has the place of the thing that was being made. */
async function placed<T>({ name, at }: SeedItem, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    if (!(cause instanceof SeedError) || cause.at !== undefined || cause.message.startsWith(`${name}: `)) throw cause
    throw new SeedError(`${name}: ${cause.message}`, at, { cause })
  }
}

/** What the methods of some kinds want with every change. */
const keysOf = ({ entityTypeId, entityId, userTypeId }: Fields): Fields => ({
  ...(entityTypeId === undefined ? {} : { entityTypeId }),
  ...(userTypeId === undefined ? {} : { entityId, userTypeId }),
})

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

import { sql } from '../../../../store/sql.ts'
import type { Session } from '../../../../store/store.ts'

const LONGEST = 40

/** A name of letters, digits and hyphens out of any text; nothing where the text has none of them. */
function slug(text: string): string {
  const plain = text.replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')
}

/** Something that has a name in the seed. */
interface Named {
  readonly name: string
  /** Its place among all that have one: what refers to a later one has to wait. */
  readonly place: number
}

/**
 * The names of everything in a dump: those that an earlier seed has given, and for the rest one that its title
 * suggests, each once. The same state gets the same names, in the same order.
 */
export class Names {
  readonly #seeded = new Map<string, string>()
  readonly #taken = new Set<string>()
  readonly #given = new Map<string, Named>()
  readonly #next = new Map<string, number>()

  /** Reads what earlier seeds have called things. */
  static async of(session: Session): Promise<Names> {
    const names = new Names()
    const rows = await session.find<{ name: string; kind: string; id: string }>(
      sql`select name, kind, id from seed_entry order by name`,
    )
    for (const { name, kind, id } of rows) {
      names.#taken.add(name)
      names.#seeded.set(`${kind} ${String(JSON.parse(id))}`, name)
    }
    return names
  }

  /**
   * Gives something its name.
   * @param kind as seeds remember it: `pipelines`, `records deal`
   * @param otherwise where the title suggests nothing
   */
  give(kind: string, id: string | number, title: string, otherwise: string): string {
    const key = `${kind} ${id}`
    const name = this.#seeded.get(key) ?? this.#free(slug(title), slug(otherwise) || 'it')
    this.#given.set(key, { name, place: this.#given.size })
    return name
  }

  /** Gives something the one name that it may have. */
  fix(kind: string, id: string | number, name: string): void {
    this.#taken.add(name)
    this.#given.set(`${kind} ${id}`, { name, place: this.#given.size })
  }

  /** The name of something in this dump; undefined where it isn't in it. */
  find(kind: string, id: string | number): Named | undefined {
    return this.#given.get(`${kind} ${id}`)
  }

  #free(wish: string, otherwise: string): string {
    const base = wish === '' ? otherwise : /^[a-z]/.test(wish) ? wish : `${otherwise}-${wish}`
    for (let n = this.#next.get(base) ?? 1; ; n++) {
      const name = n === 1 ? base : `${base}-${n}`
      if (this.#taken.has(name)) continue
      this.#taken.add(name)
      this.#next.set(base, n + 1)
      return name
    }
  }
}

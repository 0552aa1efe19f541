import type { Method } from './method.ts'

/**
 * All methods by name, without regard to case; a name that is declared twice stops the start. REST 3.0 has methods of
 * its own: neither version knows the other's (api-reference/rest-v3.md), and a name may be in both.
 */
export class Registry {
  readonly #byName = new Map<string, Method>()
  readonly #byNameV3 = new Map<string, Method>()
  /** In the order of their names. */
  readonly all: readonly Method[]
  readonly allV3: readonly Method[]

  constructor(methods: readonly Method[]) {
    for (const method of methods) {
      const key = method.name.toLowerCase()
      const known = method.version === 3 ? this.#byNameV3 : this.#byName
      if (known.has(key)) throw new Error(`the method ${method.name} is declared twice`)
      known.set(key, method)
    }
    const sorted = [...methods].sort((a, b) => (a.name < b.name ? -1 : 1))
    this.all = sorted.filter(({ version }) => version !== 3)
    this.allV3 = sorted.filter(({ version }) => version === 3)
  }

  find(name: string, version: 2 | 3 = 2): Method | undefined {
    return (version === 3 ? this.#byNameV3 : this.#byName).get(name.toLowerCase())
  }
}

import type { Method } from './method.ts'

/** All methods by name, without regard to case; a name that is declared twice stops the start. */
export class Registry {
  readonly #byName = new Map<string, Method>()
  readonly all: readonly Method[]

  constructor(methods: readonly Method[]) {
    for (const method of methods) {
      const key = method.name.toLowerCase()
      if (this.#byName.has(key)) throw new Error(`the method ${method.name} is declared twice`)
      this.#byName.set(key, method)
    }
    this.all = [...methods].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  find(name: string): Method | undefined {
    return this.#byName.get(name.toLowerCase())
  }
}

import { nearest } from '../config/nearest.ts'
import { isMap, type Params, type ParamValues } from '../methods/method.ts'
import { InvalidValue } from '../schema/kind.ts'
import { ControlError } from './control-error.ts'

/** One thing that tests can do with their portal; it is called in process and over HTTP alike. */
export interface Control {
  readonly name: string
  readonly about: string
  readonly params: Params
  /** @throws {ControlError} */
  run(given: unknown): Promise<unknown>
}

/** Declares a control; what it is given is read by the kinds that methods have, and more strictly: nothing is passed over. */
export function control<P extends Params>(definition: {
  readonly name: string
  readonly about: string
  readonly params: P
  run(params: ParamValues<P>): unknown
}): Control {
  const { name, about, params } = definition
  return {
    name,
    about,
    params,
    async run(given = {}) {
      if (!isMap(given)) throw new ControlError(`${name} takes a map of parameters`)
      const known = Object.keys(params)
      for (const key of Object.keys(given)) {
        if (known.includes(key)) continue
        const meant = nearest(key, known)
        throw new ControlError(
          `${name} has no parameter "${key}"${meant === undefined ? (known.length === 0 ? '' : `: there are ${known.join(', ')}`) : `: did you mean ${meant}?`}`,
        )
      }
      const values: Record<string, unknown> = {}
      for (const [key, param] of Object.entries(params)) {
        const input = given[key]
        if (param.required && (input === undefined || input === null)) throw new ControlError(`${name} needs "${key}"`)
        try {
          values[key] = param.read(input)
        } catch (cause) {
          if (!(cause instanceof InvalidValue)) throw cause
          throw new ControlError(`"${key}" of ${name}: ${cause.message}`)
        }
      }
      return definition.run(values as ParamValues<P>)
    },
  }
}

/** Controls by their names. */
export class ControlTable {
  readonly #controls: ReadonlyMap<string, Control>

  constructor(controls: readonly Control[]) {
    this.#controls = new Map(controls.map((each) => [each.name, each]))
    if (this.#controls.size !== controls.length) throw new Error('two controls have one name')
  }

  get all(): readonly Control[] {
    return [...this.#controls.values()]
  }

  /** @throws {ControlError} */
  async run(name: string, given: unknown): Promise<unknown> {
    const found = this.#controls.get(name)
    if (found === undefined) {
      const meant = nearest(name, [...this.#controls.keys()])
      throw new ControlError(
        `there is no control "${name}"${meant === undefined ? '' : `: did you mean ${meant}?`}`,
        404,
      )
    }
    return (await found.run(given)) ?? null
  }
}

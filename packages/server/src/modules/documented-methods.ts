import { describeMethods, type MethodDescription } from '../methods/method-description.ts'
import { methods, modules } from './index.ts'

let all: readonly MethodDescription[] | undefined

/** Every method of the portal and every documented one that it lacks, by name; no portal needs to be open. */
export function documentedMethods(): readonly MethodDescription[] {
  all ??= describeMethods(
    methods,
    modules.flatMap(({ entities }) => entities ?? []),
  )
  return all
}

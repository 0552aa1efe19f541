import { nearest } from '../../config/nearest.ts'
import { documentedMethods } from '../../modules/documented-methods.ts'

/** Every method that is documented or ours, without a portal. */
export const methodNames = (): string[] => [...new Set(documentedMethods().map(({ name }) => name))]

/** What was meant by a name that no portal knows: `crm.led.add` is near to `crm.lead.add`. */
export function nearestMethod(name: string): string | undefined {
  const names = methodNames()
  return nearest(name, names) ?? names.find((each) => each.endsWith(`.${name.toLowerCase()}`))
}

import type { DocumentedMethod } from '../../../methods/documentation.ts'
import { type Rule, Tally } from './warning.ts'

/** Methods of which the documentation says that their development has stopped. */
export function deprecatedMethods(documented: Iterable<DocumentedMethod>): Rule {
  const deprecated = new Map<string, DocumentedMethod>()
  for (const each of documented) if (each.deprecated === true) deprecated.set(each.method.toLowerCase(), each)
  const tally = new Tally('deprecated-method')
  return {
    call(call) {
      const known = call.version === 2 ? deprecated.get(call.method.toLowerCase()) : undefined
      if (known === undefined) return
      const instead = known.replacement === undefined ? '' : `; use ${known.replacement} instead`
      tally.add(known.method, call, {
        text: `The documentation calls ${known.method} deprecated: nothing is developed in it any more${instead}.`,
        page: known.page,
      })
    },
    found: () => tally.found(),
  }
}

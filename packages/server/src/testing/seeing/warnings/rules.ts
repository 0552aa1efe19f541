import { documentedNames, exampleOf } from '../../../methods/documentation.ts'
import type { Registry } from '../../../methods/registry.ts'
import { deprecatedMethods } from './deprecated-methods.ts'
import { ignoredNames } from './ignored-names.ts'
import { oneByOne } from './one-by-one.ts'
import { firstPageOnly, offsetPaging } from './paging.ts'
import { requestRate } from './request-rate.ts'
import { requestSize } from './request-size.ts'
import type { Rule } from './warning.ts'

let pages: ReadonlyMap<string, string> | undefined

/** All rules, at their beginning: the table of contents. */
export const rules = (registry: () => Registry | undefined): readonly Rule[] => [
  deprecatedMethods(documentedNames()),
  oneByOne(),
  ignoredNames({
    method: (name, version) => registry()?.find(name, version),
    page(method) {
      pages ??= new Map(documentedNames().map((each) => [each.method.toLowerCase(), each.page]))
      return pages.get(method.toLowerCase())
    },
    isDocumented(method, version, name) {
      const example = JSON.stringify(exampleOf(method, version)?.params ?? {})
      return new RegExp(`(?<![A-Za-z\\d_])${name.replace(/[\\^$.|?+()[\]{}*]/g, '\\$&')}(?![A-Za-z\\d_])`).test(example)
    },
  }),
  offsetPaging(),
  firstPageOnly(),
  requestRate(),
  requestSize(),
]

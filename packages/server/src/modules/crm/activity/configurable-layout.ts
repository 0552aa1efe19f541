import { ApiError } from '../../../methods/errors.ts'
import { isMap } from '../../../methods/method.ts'
import type { Reader } from '../../../store/store.ts'
import {
  action,
  contentBlocks,
  flag,
  keyed,
  oneOf,
  optional,
  type Read,
  required,
  scope,
  structure,
  translated,
} from '../timeline/content-blocks.ts'
import { iconExists, logoExists } from '../timeline/images.ts'

/*
 * What a configurable activity looks like, as
 * api-reference/crm/timeline/activities/configurable/structure/layout.md describes it.
 */

const MAX_TAGS = 2
const MAX_BUTTONS = 2
const MAX_MENU = 100

const code: Read = (input, path) => {
  if (typeof input === 'string' && input.length <= 100) return input
  throw new ApiError('WRONG_FIELD_VALUE', 400, `Field \`${path}\`: a code is expected`)
}

/** The documented samples say "no blocks" by an empty map. */
const blocks: Read = (input, path) =>
  (isMap(input) || Array.isArray(input)) && Object.keys(input).length === 0 ? {} : contentBlocks(input, path)

const tag = structure({
  title: required(translated),
  type: required(oneOf('warning', 'success', 'failure', 'primary', 'secondary')),
  action: optional(action),
  scope,
  hideIfReadonly: optional(flag),
})

const button = structure({
  title: required(translated),
  type: required(oneOf('primary', 'secondary')),
  action: required(action),
  scope,
  hideIfReadonly: optional(flag),
})

const menuItem = structure({
  title: required(translated),
  action: required(action),
  scope,
  hideIfReadonly: optional(flag),
})

const layout = structure({
  icon: required(structure({ code: required(code) })),
  header: required(
    structure({
      title: required(translated),
      titleAction: optional(action),
      tags: optional(keyed(tag, MAX_TAGS)),
    }),
  ),
  body: required(
    structure({
      logo: required(structure({ code: required(code), action: optional(action) })),
      blocks: optional(blocks),
    }),
  ),
  footer: optional(
    structure({
      buttons: optional(keyed(button, MAX_BUTTONS)),
      menu: optional(
        structure({
          showPinItem: optional(flag),
          showPostponeItem: optional(flag),
          showDeleteItem: optional(flag),
          items: optional(keyed(menuItem, MAX_MENU)),
        }),
      ),
    }),
  ),
})

export interface ConfigurableLayout {
  readonly icon: { readonly code: string }
  /** The title is one text, or a text for each of some languages. */
  readonly header: { readonly title: string | Readonly<Record<string, string>> }
  readonly body: { readonly logo: { readonly code: string } }
}

/** The layout as it is kept; refuses by the documented codes what isn't one, and icons and logos that aren't there. */
export async function readConfigurableLayout(reader: Reader, input: unknown): Promise<ConfigurableLayout> {
  if (!isMap(input) || Object.keys(input).length === 0)
    throw new ApiError('ERROR_EMPTY_LAYOUT', 400, 'The layout field must be filled')
  const read = layout(input, 'layout') as ConfigurableLayout
  const { icon, body } = read
  if (!(await iconExists(reader, icon.code))) throw unknownCode('layout.icon.code', icon.code)
  if (!(await logoExists(reader, body.logo.code))) throw unknownCode('layout.body.logo.code', body.logo.code)
  return read
}

const unknownCode = (path: string, value: string): ApiError =>
  new ApiError('WRONG_FIELD_VALUE', 400, `Field \`${path}\`: there is no \`${value}\``)

/** The title in the portal's language, in English, or in the first one that there is (structure/field-types.md). */
export function titleIn({ header: { title } }: ConfigurableLayout, language: string): string {
  return typeof title === 'string' ? title : (title[language] ?? title.en ?? Object.values(title)[0] ?? '')
}

import type { MessageFunction } from 'vue-i18n'

/** What vue-i18n hands to a message; its own type leaves out what it does not document. */
interface Context {
  named(name: string): unknown
  plural(forms: readonly string[]): string
  interpolate(value: unknown): string
  normalize(parts: readonly string[]): string
}

/** `{name}`, or `{'{'}` for signs that would mean something. */
const SLOT = /\{\s*(?:'([^']*)'|(\w+))\s*\}/g
/** Between the forms of a plural; not within a slot. */
const BAR = /\|(?![^{}]*\})/

type Part = (context: Context) => string

function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  const plain = (until: number): void => {
    const said = text.slice(from, until)
    if (said !== '') parts.push(() => said)
  }
  for (const { 0: slot, 1: sign, 2: name = '', index } of text.matchAll(SLOT)) {
    plain(index)
    from = index + slot.length
    parts.push(sign === undefined ? (context) => context.interpolate(context.named(name)) : () => sign)
  }
  plain(text.length)
  return parts
}

const known = new Map<string, MessageFunction<string>>()

/** What of vue-i18n's messages is used here: names and plurals. Its own compiler would be a tenth of the first page. */
export function compileMessage(message: string): MessageFunction<string> {
  let found = known.get(message)
  if (found === undefined) {
    const forms = message.split(BAR).map((form, _index, all) => partsOf(all.length > 1 ? form.trim() : form))
    const say = (context: Context, parts: readonly Part[]): string =>
      context.normalize(parts.map((part) => part(context)))
    found = ((context: Context) =>
      forms.length === 1
        ? say(context, forms[0] ?? [])
        : context.plural(forms.map((form) => say(context, form)))) as unknown as MessageFunction<string>
    known.set(message, found)
  }
  return found
}

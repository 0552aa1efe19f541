/** The parts of Vue's syntax tree that are looked at; its own types belong to a package that is not ours. */
interface TemplateNode {
  readonly type: number
  readonly content?: string | { readonly content?: string }
  readonly loc: { readonly source: string }
  readonly children?: readonly TemplateNode[]
  readonly props?: readonly TemplateProp[]
}

interface TemplateProp {
  readonly type: number
  readonly name: string
  readonly value?: { readonly content: string }
  readonly arg?: { readonly content?: string }
  readonly exp?: { readonly content?: string }
  readonly loc: { readonly source: string }
}

const [TEXT, INTERPOLATION, ATTRIBUTE, DIRECTIVE] = [2, 5, 6, 7] as const
/** Attributes and properties that somebody reads or hears. */
const SAID = new Set(['aria-label', 'aria-description', 'alt', 'description', 'label', 'placeholder', 'text', 'title'])
/** What is the same in every language: the product's name, keys of keyboards, units, names of formats. */
const NAMES = new Set(
  'Portico|Esc|Ctrl|Ctrl + ↵|ms|kB|MB|ID|URL|UTM|CSV|JSON|REST|REST 3.0|cURL|PHP|Python|b24jssdk|BBCode'.split('|'),
)
/** `client_secret`, `data/tls/ca.pem`, `https://`, `entityTypeId`: names that programs have given. */
const CODE = /^(?:[\w.:/@-]*[_/.:@][\w.:/@-]*|[a-z]+[A-Z]\w*)$/

const hasWords = (text: string): boolean =>
  /\p{L}{2,}/u.test(text) && !NAMES.has(text.trim()) && !CODE.test(text.trim())

/** Texts in an expression that are words, and no keys, names of icons or values: with a space, or a capital letter in front. */
const wordsIn = (expression: string): boolean =>
  [...expression.matchAll(/(?<!t\(\s*)'((?:[^'\\]|\\.)*)'/g)].some(
    ([, text = '']) => hasWords(text) && (/^\p{Lu}\p{Ll}/u.test(text) || /\p{L}\s+\p{L}/u.test(text)),
  )

/** Words that a template shows without asking for them in the visitor's language. */
export function rawTexts(root: unknown): string[] {
  if (root === undefined || root === null) return []
  const found: string[] = []
  const visit = (node: TemplateNode): void => {
    if (node.type === TEXT && typeof node.content === 'string' && hasWords(node.content))
      found.push(node.content.trim())
    if (node.type === INTERPOLATION && typeof node.content === 'object' && wordsIn(node.content.content ?? ''))
      found.push(node.loc.source)
    for (const prop of node.props ?? []) {
      const name = prop.type === DIRECTIVE ? (prop.arg?.content ?? '') : prop.name
      if (!SAID.has(name)) continue
      if (prop.type === ATTRIBUTE && hasWords(prop.value?.content ?? '')) found.push(prop.loc.source)
      if (prop.type === DIRECTIVE && prop.name === 'bind' && wordsIn(prop.exp?.content ?? ''))
        found.push(prop.loc.source)
    }
    for (const child of node.children ?? []) visit(child)
  }
  visit(root as TemplateNode)
  return found
}

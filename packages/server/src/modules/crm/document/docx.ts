import {
  type ScopeData,
  type TemplateContext,
  type TemplateData,
  TemplateExtension,
  TemplateHandler,
  type XmlNode,
  type XmlTextNode,
} from 'easy-template-x'

/** A template can't be read: it is no docx, or its tags don't close. */
export class BrokenTemplateError extends Error {}

const ROWS = 'Products'

/** Tags inside of `Products` are named for it: a table row that has one is repeated for every product. */
const IN_ROW = new RegExp(`\\{${ROWS}\\w+\\}`)

const textsOf = (node: XmlNode): XmlTextNode[] => (isText(node) ? [node] : (node.childNodes ?? []).flatMap(textsOf))
const isText = (node: XmlNode): node is XmlTextNode => node.nodeName === '#text'

/** Makes loops of rows that name products; authors of templates write none. */
function loopRows(node: XmlNode): void {
  for (const child of node.childNodes ?? []) {
    if (child.nodeName !== 'w:tr') {
      loopRows(child)
      continue
    }
    const texts = textsOf(child)
    const [first, last] = [texts[0], texts.at(-1)]
    if (first === undefined || last === undefined || !IN_ROW.test(texts.map(({ textContent }) => textContent).join('')))
      continue
    last.textContent += `{/${ROWS}}`
    first.textContent = `{#${ROWS} [loopOver: "row"]}${first.textContent}`
  }
}

class RowLoops extends TemplateExtension {
  async execute(_data: ScopeData, { currentPart }: TemplateContext): Promise<void> {
    loopRows(await currentPart.xmlRoot())
  }
}

const handler = new TemplateHandler({ extensions: { beforeCompilation: [new RowLoops()] } })

async function reading<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    throw new BrokenTemplateError('the template cannot be read', { cause })
  }
}

/** A docx template filled in: `{ClientName}` becomes `data.ClientName`, rows of products are repeated. */
export const fillTemplate = (template: Buffer, data: TemplateData): Promise<Buffer> =>
  reading(() => handler.process(template, data))

/** The names between braces, each once, in the order of the template. */
export const tagsOf = (template: Buffer): Promise<string[]> =>
  reading(async () => [...new Set((await handler.parseTags(template)).map(({ name }) => name))])

import { readFileSync } from 'node:fs'

const root = new URL('../../../../', import.meta.url)

/**
 * The fenced examples of a page of ours, in their order, so that tests run what people copy.
 * @param page below the root of the checkout: `docs/client.md`
 * @param language what stands behind the fence: `sh`, `js`, `ts`
 */
export function examples(page: string, language: string): string[] {
  const text = readFileSync(new URL(page, root), 'utf8')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code)
}

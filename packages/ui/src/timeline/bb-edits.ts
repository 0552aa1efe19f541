/** A text and what of it is selected. */
export interface Selection {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What is put in the place of a part, and what is selected then. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly insert: string
  readonly select: readonly [start: number, end: number]
}

/** Puts a tag around the selection; takes it away where it stands there already. */
export function wrapEdit({ text, start, end }: Selection, tag: string): Edit {
  const [open, close] = [`[${tag}]`, `[/${tag}]`]
  const chosen = text.slice(start, end)
  const isAround =
    text.slice(start - open.length, start).toUpperCase() === open &&
    text.slice(end, end + close.length).toUpperCase() === close
  if (isAround)
    return {
      start: start - open.length,
      end: end + close.length,
      insert: chosen,
      select: [start - open.length, end - open.length],
    }
  if (chosen.toUpperCase().startsWith(open) && chosen.toUpperCase().endsWith(close)) {
    const inner = chosen.slice(open.length, -close.length)
    return { start, end, insert: inner, select: [start, start + inner.length] }
  }
  return {
    start,
    end,
    insert: open + chosen + close,
    select: [start + open.length, start + open.length + chosen.length],
  }
}

/** A link on the selection; where that is an address, or one is given, it is the link's. */
export function linkEdit({ text, start, end }: Selection, address?: string): Edit {
  const chosen = text.slice(start, end)
  if (address === undefined && /^(https?:\/\/|www\.)\S+$/i.test(chosen)) {
    const open = `[URL=${chosen}]`
    return {
      start,
      end,
      insert: `${open}${chosen}[/URL]`,
      select: [start + open.length, start + open.length + chosen.length],
    }
  }
  const href = (address ?? 'https://').replace(/[[\]]/g, (bracket) => encodeURIComponent(bracket))
  const insert = `[URL=${href}]${chosen}[/URL]`
  // The address is what is still to be written; where it is there, the words may be.
  const at = address === undefined ? start + '[URL='.length : start + `[URL=${href}]`.length
  return { start, end, insert, select: address === undefined ? [at, at + href.length] : [at, at + chosen.length] }
}

/** A list of the selected lines. */
export function listEdit({ text, start, end }: Selection, isNumbered: boolean): Edit {
  const lines = text
    .slice(start, end)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const open = isNumbered ? '[LIST=1]' : '[LIST]'
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : ''
  const items = (lines.length === 0 ? [''] : lines).map((line) => `[*]${line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')}`)
  const insert = `${before}${open}\n${items.join('\n')}\n[/LIST]`
  const caret = start + insert.length - '\n[/LIST]'.length
  return { start, end, insert, select: [caret, caret] }
}

/** What stands behind the last `@` before the caret, where a person's name may be meant. */
export function mentionAt({
  text,
  start,
  end,
}: Selection): { readonly from: number; readonly word: string } | undefined {
  if (start !== end) return undefined
  const found = /(?:^|[\s([])@([\p{L}\p{N}.'-]{0,30}(?: [\p{L}\p{N}.'-]{0,30})?)$/u.exec(text.slice(0, start))
  return found === null ? undefined : { from: start - (found[1]?.length ?? 0) - 1, word: found[1] ?? '' }
}

/**
 * Several values in one cell: `red; blue`. A value that holds the separator, begins or ends with a space, or begins with
 * a quotation mark stands in quotation marks, doubled inside, as in CSV itself. Spaces around values do not count.
 */
export function joinList(values: readonly string[], separator: string): string {
  const quoted = (value: string): boolean =>
    value === '' || value.includes(separator) || value.startsWith('"') || value.trim() !== value
  return values
    .map((value) => (quoted(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(separator === '\n' ? separator : `${separator} `)
}

/** The reverse of {@link joinList}. What stands between two separators without a value is left out. */
export function splitList(cell: string, separator: string): string[] {
  const values: string[] = []
  let at = 0
  while (at <= cell.length) {
    const start = skipSpace(cell, at, separator)
    const quoted = cell[start] === '"' ? readQuoted(cell, start, separator) : undefined
    if (quoted !== undefined) {
      values.push(quoted.value)
      at = quoted.next
      continue
    }
    const end = cell.indexOf(separator, at)
    const value = cell.slice(at, end < 0 ? cell.length : end).trim()
    if (value !== '') values.push(value)
    at = (end < 0 ? cell.length : end) + separator.length
  }
  return values
}

function skipSpace(cell: string, from: number, separator: string): number {
  let at = from
  while (at < cell.length && !cell.startsWith(separator, at) && (cell[at] ?? '').trim() === '') at++
  return at
}

/** A value in quotation marks that ends before a separator; undefined where it is a text that only begins with a mark. */
function readQuoted(cell: string, start: number, separator: string): { value: string; next: number } | undefined {
  let value = ''
  for (let at = start + 1; at < cell.length; at++) {
    if (cell[at] !== '"') value += cell[at]
    else if (cell[at + 1] === '"') {
      value += '"'
      at++
    } else {
      const after = skipSpace(cell, at + 1, separator)
      if (after < cell.length && !cell.startsWith(separator, after)) return undefined
      return { value, next: after + separator.length }
    }
  }
  return undefined
}

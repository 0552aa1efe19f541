import type { Table } from '../table.ts'

const insertTexts = new WeakMap<Table, Map<string, string>>()

/** The text of an insert of these columns of a table, made once. */
export function insertText(table: Table, names: readonly string[]): string {
  const texts = insertTexts.get(table) ?? new Map<string, string>()
  insertTexts.set(table, texts)
  const shape = names.join()
  let text = texts.get(shape)
  if (text === undefined) {
    for (const name of names) if (!(name in table.columns)) throw new Error(`${table.name} has no column ${name}`)
    text = `INSERT INTO "${table.name}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    texts.set(shape, text)
  }
  return text
}

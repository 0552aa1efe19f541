import { say } from '../i18n/index.ts'
import { escapeFormula, type FieldInfo } from './engine.ts'
import { faultText } from './fault-text.ts'
import type { Table } from './read-file.ts'
import type { Refused } from './run-import.ts'

const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean)

/** Why a row was refused, in one sentence for each cell. */
export function reasonOf(
  { faults, said }: Refused,
  fieldOf: (column: string) => FieldInfo | undefined,
  titleOf: (key: string) => string,
): string {
  if (said !== undefined)
    return said
      .replace(/<br\s*\/?>/gi, ' ')
      .replace(/<[^>]+>/g, '')
      .trim()
  return faults
    .map((fault) => {
      const column = fieldOf(fault.column) === undefined && fault.column !== '' ? titleOf(fault.column) : fault.column
      return [column, faultText(fault, fieldOf(fault.column))].filter(Boolean).join(': ')
    })
    .join('; ')
}

/** The refused rows as they were, and why: to be corrected in a spreadsheet and imported again. */
export function reportCsv(table: Table, refused: readonly Refused[], reason: (refused: Refused) => string): Blob {
  const delimiter = table.delimiter || ','
  const line = (cells: readonly string[]): string => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)
  const lines = refused.map((each) => {
    const row = table.rows[each.row] ?? []
    const cells = table.header.map((_name, index) => escapeFormula(textOf(row[index])))
    return line([...cells, String(each.row + (table.hasHeader ? 2 : 1)), reason(each)])
  })
  const header = line([...table.header, say('transfer.report.line'), say('transfer.report.reason')])
  // A byte order mark, without which spreadsheets take UTF-8 for something else.
  return new Blob([`\ufeff${[header, ...lines].join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' })
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

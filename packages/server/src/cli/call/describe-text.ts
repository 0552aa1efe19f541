import type { MethodDescription } from '../../methods/method-description.ts'

const statuses = {
  whole: 'whole',
  partial: 'in part',
  extension: 'an extension of Portico',
  missing: 'not in Portico',
}

/** A method as a page for people. */
export function sheetOf(description: MethodDescription): string {
  const { name, version, about, scopes, rights, conformance, params, example, page, deprecated } = description
  const { status, note } = conformance
  const facts: [string, string][] = [
    ['Scopes', scopes.length === 0 ? 'none' : scopes.join(', ')],
    ['Rights', rights],
    ['Portico', `${statuses[status]}${note === undefined ? '' : `: ${note}`}`],
    ...(deprecated === undefined
      ? []
      : [
          ['Deprecated', deprecated.replacement === undefined ? 'yes' : `use ${deprecated.replacement}`] as [
            string,
            string,
          ],
        ]),
    ...(page === undefined ? [] : [['Page', page] as [string, string]]),
  ]
  return [
    `${name}${version === 3 ? '  (REST 3.0)' : ''}`,
    `  ${about}`,
    '',
    ...aligned(facts),
    '',
    params.length === 0 ? 'No parameters' : 'Parameters',
    ...aligned(
      params.map((each) => [each.name, `${each.type}${each.required ? ', required' : ''}`, each.about ?? ''] as const),
    ),
    ...(example === undefined ? [] : ['', 'Example', ...exampleLines(name, example.params)]),
    ...(example?.result === undefined ? [] : ['', 'Result', ...indented(JSON.stringify(example.result, null, 2))]),
    '',
  ].join('\n')
}

function exampleLines(name: string, params: object): string[] {
  if (Object.keys(params).length === 0) return [`  portico call ${name}`]
  const json = JSON.stringify(params, null, 2).replaceAll("'", `'\\''`)
  return indented(`portico call ${name} --params '${json}'`)
}

const indented = (text: string): string[] => text.split('\n').map((line) => `  ${line}`)

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}

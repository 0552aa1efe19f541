import { commonOptions, shortNames } from './arguments.ts'
import type { PortalFunction, Region } from './function.ts'

/** Every function by region, as a tree. */
export function tree(regions: readonly Region[]): string {
  const width = Math.max(...regions.flatMap(({ functions }) => functions.map(({ name }) => name.length)))
  const lines = regions.flatMap(({ title, functions }, region) => {
    const isLast = region === regions.length - 1
    const head = `${isLast ? '└' : '├'}─┬─ ${title}`
    const rows = functions.map(
      ({ name, about }, at) =>
        `${isLast ? ' ' : '│'} ${at === functions.length - 1 ? '└' : '├'}─── ${name.padEnd(width)}  ${about}`,
    )
    return [head, ...rows]
  })
  return [
    'portico bitrix24 FUNCTION --option value …',
    '  Call a Bitrix24 portal, or Portico, as OpenIntegrations’ oint does',
    '',
    'bitrix24',
    ...lines,
    '',
    'portico bitrix24 FUNCTION --help shows the options of one.',
  ].join('\n')
}

/** What a function does, which method it calls, and its options. */
export function functionHelp(called: PortalFunction): string {
  const shorts = new Map([...shortNames(called.options)].map(([letter, name]) => [name, letter]))
  const own = Object.entries(called.options).map(([name, { kind, about, required, standard }]) => {
    const letter = shorts.get(name)
    const note = required ? ' (required)' : standard === undefined ? '' : `; default: ${standard}`
    return [`${letter === undefined ? '    ' : `-${letter}, `}--${name} ${kind.placeholder}`, about + note] as const
  })
  const common = Object.entries(commonOptions).map(
    ([name, option]) =>
      [`    --${name}${'placeholder' in option ? ` ${option.placeholder}` : ''}`, option.about] as const,
  )
  const width = Math.max(...[...own, ...common].map(([left]) => left.length))
  const row = ([left, right]: readonly [string, string]): string => `  ${left.padEnd(width)}  ${right}`
  return [
    `portico bitrix24 ${called.name} --option value …`,
    `  ${called.about}`,
    `  ${callOf(called)}`,
    '',
    'Options:',
    ...own.map(row),
    '',
    'Options of every function:',
    ...common.map(row),
  ].join('\n')
}

function callOf(called: PortalFunction): string {
  if ('method' in called) return `Calls ${called.method} with ${called.http}`
  return 'grant' in called ? 'Calls the server that issues tokens, with GET' : 'Works without a portal'
}

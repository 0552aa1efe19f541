/** A place in a value, as programs write it: `result.items[0].PHONE`. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === 'number'
        ? `${text}[${step}]`
        : /^[A-Za-z_$][\w$]*$/.test(step)
          ? `${text}${text === '' ? '' : '.'}${step}`
          : `${text}[${JSON.stringify(step)}]`,
    '',
  )

export interface JsonFault {
  readonly line: number
  readonly column: number
}

/** Where a text stops to be JSON; undefined where it is. */
export function faultOf(text: string): JsonFault | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (cause) {
    const at = Number(/position (\d+)/.exec(String(cause))?.[1] ?? text.length)
    const before = text.slice(0, at).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }
}

/** Whether a name is meant by one of these: names, or globs with `*` for anything. Case does not count. */
export function matcher(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'is'))
  return (name) => tests.some((test) => test.test(name))
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)

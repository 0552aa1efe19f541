/** Scopes that a webhook or token may hold; `scope` answers those that the portal knows (api-reference/scopes/permissions.md). */
export const scopes = [
  'bizproc',
  'catalog',
  'crm',
  'department',
  'documentgenerator',
  'event',
  'humanresources.hcmlink',
  'placement',
  'sale',
  'task',
  'user',
  'user_basic',
  'user_brief',
  'user.userfield',
  'userfieldconfig',
] as const

/** One list of scopes from its text; `*` stands for all, and so does nothing. */
export function readScopes(text: string): ReadonlySet<string> | undefined {
  if (text === '*') return undefined
  return new Set(
    text
      .split(',')
      .map((scope) => scope.trim())
      .filter(Boolean),
  )
}

/** Scopes that include others: `user` covers its narrower levels. */
const covers: Record<string, readonly string[]> = { user: ['user_basic', 'user_brief'], user_basic: ['user_brief'] }

export function isGranted(
  granted: ReadonlySet<string> | undefined,
  needed: string | readonly string[] | null,
): boolean {
  if (granted === undefined || needed === null) return true
  const all = typeof needed === 'string' ? [needed] : needed
  return all.every((scope) => granted.has(scope) || [...granted].some((held) => covers[held]?.includes(scope)))
}

/** Scopes that a webhook or token may hold; `scope` answers those that the portal knows (api-reference/scopes/permissions.md). */
export const scopes = [
  'bizproc',
  'catalog',
  'crm',
  'department',
  'documentgenerator',
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

/** Whether all `needed` scopes are granted, or else one of those that may stand in for them. */
export function isGranted(
  granted: ReadonlySet<string> | undefined,
  needed: string | readonly string[] | null,
  instead: readonly string[] = [],
): boolean {
  if (granted === undefined || needed === null) return true
  const all = typeof needed === 'string' ? [needed] : needed
  return all.every((scope) => granted.has(scope)) || instead.some((scope) => granted.has(scope))
}

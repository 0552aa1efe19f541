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

/**
 * Scopes that may be granted although nothing here asks for them: what is written for the cloud asks for them
 * (api-reference/scopes/permissions.md, without those that the official PHP SDK refuses to read).
 */
const elsewhere = [
  'ai_admin',
  'appform',
  'baas',
  'biconnector',
  'calendar',
  'calendarmobile',
  'call',
  'cashbox',
  'catalogmobile',
  'configuration.import',
  'contact_center',
  'delivery',
  'disk',
  'entity',
  'faceid',
  'forum',
  'iblock',
  'im',
  'im.import',
  'imbot',
  'imconnector',
  'imopenlines',
  'intranet',
  'landing',
  'landing_cloud',
  'lists',
  'log',
  'mailservice',
  'messageservice',
  'mobile',
  'notifications',
  'pay_system',
  'pull',
  'pull_channel',
  'rating',
  'rpa',
  'salescenter',
  'sign.b2e',
  'smile',
  'socialnetwork',
  'sonet_group',
  'tasks',
  'tasks_extended',
  'tasksmobile',
  'telephony',
  'timeman',
  'userconsent',
] as const

/** Scopes of REST 3.0: `scope` doesn't tell them, because the official PHP SDK, which has no REST 3.0, refuses to read them. */
const ofRest3 = ['humanresources', 'main'] as const

/** Every scope that a credential may be given. */
export const grantableScopes: readonly string[] = [...new Set<string>([...scopes, ...elsewhere, ...ofRest3])].sort()

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

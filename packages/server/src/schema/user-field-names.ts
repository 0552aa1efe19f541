/**
 * Names of fields on the two wires: UPPER_CASE in legacy rows, camelCase in item rows. User fields follow a rule of
 * their own (`api-reference/crm/universal/index.md`, "Field Naming Conventions").
 */

const PREFIX = 'UF_CRM_'

/** What the names of an entity's user fields begin with: people have their own (api-reference/user/userfields/index.md). */
export const prefixOf = (userFieldEntityId: string): string => (userFieldEntityId === 'USER' ? 'UF_USR_' : PREFIX)

/**
 * The item name of a user field: `UF_CRM_3_DIGIT` → `ufCrm3Digit`. Where letters and digits mix after the number of
 * the smart process, only the prefix changes, as the name couldn't be turned back otherwise: `UF_CRM_3_DIGIT10` →
 * `ufCrm_3_DIGIT10`. A name which another field of the entity has `taken` already isn't given twice: the field stays
 * `UF_CRM_…`. User fields outside of CRM (`UF_USR_…`) are named like system fields.
 */
export function toCamel(upper: string, taken?: { has(name: string): boolean }): string {
  const name = ruleName(upper)
  return taken?.has(name) ? upper : name
}

function ruleName(upper: string): string {
  if (!upper.startsWith(PREFIX)) return camelFromUpper(upper)
  const rest = upper.slice(PREFIX.length)
  const numbered = /^(\d+)_(.+)$/.exec(rest)
  const number = numbered?.[1] ?? ''
  const tail = numbered?.[2] ?? rest
  if (/^[A-Z_]+$/.test(tail)) return `ufCrm${number}${pascal(tail)}`
  if (number !== '' && /^[0-9_]+$/.test(tail)) return `ufCrm${number}_${tail}`
  return `ufCrm_${rest}`
}

/**
 * Every spelling under which clients send a user field, the one that answers carry first: by the rule, as stored, and
 * two against the rule that the docs themselves use, `ufCrm_7_1739432938` (`api-reference/files/index.md`) and
 * `ufCrm1617027453943`. No spelling appears twice. When none of them meets, compare by {@link normaliseName}.
 */
export function userFieldAliases(upper: string): string[] {
  if (!upper.startsWith(PREFIX)) return [...new Set([toCamel(upper), upper])]
  const rest = upper.slice(PREFIX.length)
  return [...new Set([toCamel(upper), upper, `ufCrm_${rest}`, `ufCrm${rest}`])]
}

/** The last resort for an unknown spelling: two names that differ only in case and `_` become equal. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

/** The item name of a system field by the general rule: `ASSIGNED_BY_ID` → `assignedById`. */
export function camelFromUpper(upper: string): string {
  const name = pascal(upper)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/**
 * The reverse of {@link camelFromUpper}: `assignedById` → `ASSIGNED_BY_ID`, `parentId1220` → `PARENT_ID_1220`. A name
 * that is in upper case already is returned as it is.
 */
export function upperSnake(camel: string): string {
  if (!/[a-z]/.test(camel)) return camel
  return camel.replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z])/g, '_').toUpperCase()
}

function pascal(upper: string): string {
  return upper
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('')
}

/** Longer names are refused, the prefix included. */
export const MAX_USER_FIELD_NAME = 50

/** The stored name of a user field from what a client calls it: `NOTE` and `UF_NOTE` become `UF_CRM_NOTE`. */
export function prefixedName(written: string, prefix: string = PREFIX): string {
  const upper = written.toUpperCase()
  if (upper.startsWith(prefix)) return upper
  return prefix + (upper.startsWith('UF_') ? upper.slice('UF_'.length) : upper)
}

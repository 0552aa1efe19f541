import { type DepartmentTree, withAncestors } from './departments.ts'
import type { Person } from './people.ts'

/** Codes that stand for everybody who has signed in (api-reference/common/users/user-access.md). */
const EVERYBODY = ['AU', 'UA', 'G2']

/**
 * The access codes that a person holds: `U1` the person, `D5` members of a department, `DR5` those of it and of the
 * departments below it, `AU` everybody, `G1` administrators.
 */
export function codesOf(person: Person, tree: DepartmentTree): Set<string> {
  const codes = new Set([`U${person.id}`, ...EVERYBODY, ...(person.admin ? ['G1'] : [])])
  for (const id of person.departments) {
    codes.add(`D${id}`).add(`DR${id}`)
    for (const above of withAncestors(tree, id)) codes.add(`DR${above}`)
  }
  return codes
}

/** A code that a role may be given to, in its parts; undefined for any other text. */
export function readAccessCode(code: string): { of: 'person' | 'department' | 'group'; id: number } | undefined {
  if (code === 'AU' || code === 'UA' || code === 'G1' || code === 'G2') return { of: 'group', id: 0 }
  const [, prefix, number] = /^(U|DR?)([1-9]\d{0,14})$/.exec(code) ?? []
  return prefix === undefined ? undefined : { of: prefix === 'U' ? 'person' : 'department', id: Number(number) }
}

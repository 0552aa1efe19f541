import { InvalidValue } from '../../schema/kind.ts'
import type { Role, StructureNode } from '../people/structure.ts'

/** As the wire calls what somebody is in a department, the highest first. */
const inDepartment: Readonly<Record<string, Role>> = {
  MEMBER_HEAD: 'HEAD',
  MEMBER_DEPUTY_HEAD: 'DEPUTY_HEAD',
  MEMBER_EMPLOYEE: 'EMPLOYEE',
}
const inTeam: Readonly<Record<string, Role>> = {
  MEMBER_TEAM_HEAD: 'HEAD',
  MEMBER_TEAM_DEPUTY_HEAD: 'DEPUTY_HEAD',
  MEMBER_TEAM_EMPLOYEE: 'EMPLOYEE',
}

type Kind = Pick<StructureNode, 'isTeam'>

const codesFor = ({ isTeam }: Kind): Readonly<Record<string, Role>> => (isTeam ? inTeam : inDepartment)
export const allowedRoles = (kind: Kind): string => Object.keys(codesFor(kind)).join(', ')
export const isAnyRole = (code: string): boolean => Object.hasOwn(inDepartment, code) || Object.hasOwn(inTeam, code)
export const roleOf = (kind: Kind, code: string): Role | undefined =>
  Object.hasOwn(codesFor(kind), code) ? codesFor(kind)[code] : undefined

export const codeOf = (kind: Kind, role: Role): string =>
  Object.entries(codesFor(kind)).find(([, each]) => each === role)?.[0] ?? ''

/** Ids of people; throws InvalidValue on anything else. */
export function idsOf(input: unknown): number[] {
  if (!Array.isArray(input)) throw new InvalidValue('array')
  if (!input.every((id) => Number.isSafeInteger(id) && (id as number) > 0)) throw new InvalidValue('int')
  return [...new Set(input as number[])]
}

export interface Roles {
  /** What each person becomes: the highest of the roles under which they are named. */
  readonly people: ReadonlyMap<number, Role>
  /** Codes that a node of this kind doesn't have. */
  readonly unknown: readonly string[]
}

/** Reads `{"MEMBER_HEAD": [7], …}`; throws InvalidValue where a list is none. */
export function rolesIn(kind: Kind, input: Readonly<Record<string, unknown>>): Roles {
  const unknown = Object.keys(input).filter((code) => roleOf(kind, code) === undefined)
  const people = new Map<number, Role>()
  for (const [code, role] of Object.entries(codesFor(kind)))
    if (Object.hasOwn(input, code)) for (const id of idsOf(input[code])) if (!people.has(id)) people.set(id, role)
  return { people, unknown }
}

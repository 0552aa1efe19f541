import type { Map as Settings } from '../../../methods/method.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import type { DocumentType } from './document.ts'

export interface RobotRow {
  readonly id: number
  readonly owner: string
  readonly code: string
  readonly handler: string
  readonly auth_user_id: number | null
  readonly name: string
  readonly description: string
  readonly properties: string
  readonly return_properties: string
  readonly document_type: string
  readonly filter: string
  readonly use_subscription: string
  readonly use_placement: string
  readonly placement_handler: string
  readonly created: number
  readonly created_by: number
}

export async function findRobot(reader: Reader, owner: string, code: string): Promise<RobotRow | undefined> {
  const [row] = await reader.find<RobotRow>(sql`select * from bizproc_robot where owner = ${owner} and code = ${code}`)
  return row
}

/** "The Automation rule does not wait for a response only when explicitly set to N" (bizproc-robot-add.md). */
export const waitsForAnswer = ({ use_subscription }: RobotRow): boolean => use_subscription !== 'N'

/** Whether a robot may be used for documents of a type: by its INCLUDE and EXCLUDE. */
export function isOffered({ filter }: RobotRow, type: DocumentType): boolean {
  const { INCLUDE = [], EXCLUDE = [] } = JSON.parse(filter) as { INCLUDE?: unknown[]; EXCLUDE?: unknown[] }
  const matches = (rule: unknown): boolean => {
    // Editions: this one is "on-premise".
    if (rule === 'box' || rule === 'b24') return rule === 'box'
    const parts = Array.isArray(rule) ? (rule as unknown[]) : [rule]
    return parts.every((part, index) => String(part).toLowerCase() === type[index]?.toLowerCase())
  }
  return (INCLUDE.length === 0 || INCLUDE.some(matches)) && !EXCLUDE.some(matches)
}

export const descriptionsOf = (json: string): Readonly<Record<string, Settings>> =>
  JSON.parse(json) as Record<string, Settings>

/** A description's key in any of its documented spellings: `Default`, `DEFAULT`. */
export const described = (description: Settings, name: string): unknown =>
  description[name] ?? description[name.toUpperCase()] ?? description[name.toLowerCase()]

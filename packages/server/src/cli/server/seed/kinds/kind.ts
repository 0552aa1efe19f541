import type { Sessions } from '../../../../auth/sessions.ts'
import type { Portal } from '../../../../records/context.ts'
import type { Session } from '../../../../store/store.ts'
import { type SeedItem, SeedError } from '../items.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Something that is there. */
export interface Made {
  /** How the portal's methods name it. */
  readonly id: string | number
  /** What a reference to it stands for. */
  readonly value: string | number
  /** What nobody can find out a second time. */
  readonly secret?: string
}

/** What kinds work with. */
export interface Workshop {
  readonly portal: Portal
  readonly sessions: Sessions
  readonly session: Session
  /** The values that `{ env: NAME }` stands for. */
  readonly env: NodeJS.ProcessEnv
  /** Calls a method as the administrator. @throws {SeedError} what it refuses */
  call(method: string, parameters: Fields): Promise<unknown>
  /** The same, and undefined where it is refused. */
  ask(method: string, parameters: Fields): Promise<unknown>
  /** Whether a seed has made the thing of a kind that has this id. */
  isSeeded(kind: string, id: Made['id']): Promise<boolean>
}

/** How things of one section are made, in the words of their own methods. */
export interface Kind {
  add(shop: Workshop, fields: Fields, item: SeedItem): Promise<Made>
  /** Answers with what it has become, where its id or its secret is another one. */
  update(shop: Workshop, id: Made['id'], fields: Fields, item: SeedItem): Promise<Made | undefined>
  exists(shop: Workshop, id: Made['id'], item: SeedItem, fields: Fields): Promise<boolean>
  /** What is there already although no seed has made it: people by their addresses, currencies by their codes. */
  adopt?(shop: Workshop, fields: Fields, item: SeedItem): Promise<Made | undefined>
  /** Takes it away, where what a fresh portal has may be unwanted. */
  remove?(shop: Workshop, id: Made['id'], item: SeedItem): Promise<void>
  /** `@size.Large`: what a part of it stands for. */
  member?(shop: Workshop, id: Made['id'], name: string): Promise<string | number | undefined>
  /** Fields that count only when it is made, and are remembered nowhere. */
  readonly once?: readonly string[]
}

export const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
export const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(mapOf) : [])
export const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
export const idIn = (value: unknown): number => Number(mapOf(value).id ?? mapOf(value).ID)
/** The same for both: most things are referred to by their ids. */
export const plain = (id: number): Made => ({ id, value: id })

/** A text, or `{ env: NAME }`: what belongs into no repository. */
export function secretOf({ env }: Workshop, value: unknown, item: SeedItem): string | undefined {
  if (value === undefined || value === null) return undefined
  const { env: name } = mapOf(value)
  if (typeof name !== 'string') return String(value)
  const found = env[name]
  if (!found) throw new SeedError(`${item.name}: the environment has no ${name}`, item.at)
  return found
}

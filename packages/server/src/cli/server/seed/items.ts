/** The sections of a seed, in the order in which they are made where nothing refers to anything else. */
export const sections = [
  'portal',
  'departments',
  'users',
  'roles',
  'currencies',
  'types',
  'pipelines',
  'statuses',
  'fields',
  'apps',
  'webhooks',
  'outbound',
  'records',
] as const
export type Section = (typeof sections)[number]

/** What only a portal that was started for tests does: it misbehaves, keeps another time, has other limits. */
export const testingSections = ['faults', 'clock', 'limits'] as const
export type TestingSection = (typeof testingSections)[number]

/** Line and column, from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One thing that a seed wants to be there. */
export interface SeedItem {
  readonly name: string
  readonly section: Section
  /** Of records, what they are: `company`, the name of a type, `crm.requisite`; of settings of the portal, which. */
  readonly entity: string
  readonly fields: Readonly<Record<string, unknown>>
  /** What is said of it when everything is there: what refers to something that refers to it. */
  readonly later?: Readonly<Record<string, unknown>> | undefined
  /** It is not to be there: what a fresh portal has and this one does not. */
  readonly absent?: true
  /** Where it stands in the text, if there was one. */
  readonly at: Position | undefined
}

/** A section for tests, as it was written. */
export interface TestingPart {
  readonly section: TestingSection
  readonly value: unknown
  readonly at: Position | undefined
}

export interface Seed {
  readonly items: readonly SeedItem[]
  readonly testing: readonly TestingPart[]
}

/** What is wrong with a seed, and where. */
export class SeedError extends Error {
  readonly at: Position | undefined
  constructor(message: string, at?: Position, options?: ErrorOptions) {
    super(message, options)
    this.at = at
  }
}

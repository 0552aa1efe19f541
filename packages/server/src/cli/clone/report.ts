/** What has become of one step. */
export interface StepReport {
  readonly step: string
  /** How many rows the source says it has. */
  readonly total: number | undefined
  /** Rows that are here now as they are there. */
  readonly rows: number
  readonly made: number
  readonly changed: number
  readonly same: number
  /** Rows that the source has no more. */
  readonly removed: number
  /** What stayed behind, and why. */
  readonly left: readonly { readonly why: string; readonly n: number; readonly example: string }[]
  /** Why the source gave nothing, or not all. */
  readonly refused: string | null
  readonly seconds: number
}

export interface Report {
  /** The source's origin. */
  readonly portal: string
  readonly dryRun: boolean
  /** Whether rows have the ids that they have in the source; null for a dry run. */
  readonly keepsIds: boolean | null
  /** Whether this run went on where another one was interrupted. */
  readonly resumed: boolean
  readonly steps: readonly StepReport[]
  readonly rows: number
  readonly left: number
  readonly refused: number
}

export const notRun = (step: string): StepReport => ({
  step,
  total: undefined,
  rows: 0,
  made: 0,
  changed: 0,
  same: 0,
  removed: 0,
  left: [],
  refused: null,
  seconds: 0,
})

export function totalsOf(steps: readonly StepReport[]): Pick<Report, 'rows' | 'left' | 'refused'> {
  return {
    rows: steps.reduce((sum, { rows }) => sum + rows, 0),
    left: steps.reduce((sum, { left }) => sum + left.reduce((all, { n }) => all + n, 0), 0),
    refused: steps.filter(({ refused }) => refused !== null).length,
  }
}

/** Whether anything of the source is not here. */
export const isPartial = ({ left, refused }: Report): boolean => left > 0 || refused > 0

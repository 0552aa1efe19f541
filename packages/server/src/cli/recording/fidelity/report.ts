/** How an answer differs from the recorded one. */
export interface Difference {
  /** The number of the exchange in the recording. */
  readonly seq: number
  readonly method: string
  /** The label of the command of a batch. */
  readonly command?: string
  /** `result.items[].title` */
  readonly path: string
  readonly kind: 'missing' | 'extra' | 'type' | 'format' | 'rows' | 'code' | 'status'
  /** In words: what was recorded, and what is answered here. */
  readonly recorded: string
  readonly own: string
}

/** What cannot be compared, and why; the answer around it is compared all the same. */
export interface Incomparable {
  readonly seq: number
  readonly method: string
  readonly command?: string
  /** Empty where it is the whole answer. */
  readonly path: string
  readonly why: 'state' | 'limit' | 'moved' | 'file' | 'rights' | 'unread' | 'failed' | 'secret'
  readonly text: string
}

export interface MethodReport {
  readonly method: string
  readonly calls: number
  readonly same: number
  readonly different: number
  readonly incomparable: number
}

/** What the commands of a batch do counts by itself, beside the batch. */
export interface FidelityReport {
  readonly version: 1
  readonly calls: number
  readonly same: number
  readonly different: number
  readonly incomparable: number
  /** Per cent of the calls that could be compared; null where none could. 100 means that nothing differs. */
  readonly fidelity: number | null
  readonly methods: readonly MethodReport[]
  readonly differences: readonly Difference[]
  readonly notCompared: readonly Incomparable[]
}

export type Outcome = 'same' | 'different' | 'incomparable'

/** Collects what comes of each call. */
export class Findings {
  readonly differences: Difference[] = []
  readonly notCompared: Incomparable[] = []
  readonly #methods = new Map<string, { calls: number; same: number; different: number; incomparable: number }>()

  count(method: string, outcome: Outcome): void {
    let row = this.#methods.get(method)
    if (row === undefined) this.#methods.set(method, (row = { calls: 0, same: 0, different: 0, incomparable: 0 }))
    row.calls++
    row[outcome]++
  }

  report(): FidelityReport {
    const methods = [...this.#methods]
      .map(([method, counts]) => ({ method, ...counts }))
      .toSorted((one, other) => (one.method < other.method ? -1 : 1))
    const sum = (column: 'calls' | Outcome): number => methods.reduce((total, each) => total + each[column], 0)
    const [same, different] = [sum('same'), sum('different')]
    const compared = same + different
    return {
      version: 1,
      calls: sum('calls'),
      same,
      different,
      incomparable: sum('incomparable'),
      // Never rounded up to what it is not.
      fidelity: compared === 0 ? null : Math.floor((same / compared) * 1000) / 10,
      methods,
      differences: this.differences,
      notCompared: this.notCompared,
    }
  }
}

export type Params = Readonly<Record<string, unknown>>

export interface CallOptions {
  readonly version?: 2 | 3
  readonly signal?: AbortSignal
}

/** What a portal has answered. */
export interface Answered {
  readonly result: unknown
  readonly total?: number
}

/** The portal has refused, or could not be asked. The text is for the model that asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly text: string
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** What to do about it. */
  readonly hint: string | undefined

  constructor(refusal: { code: string; text: string; status: number; hint?: string | undefined }) {
    const { code, text, status, hint } = refusal
    super([code, text].filter((part) => part !== '').join(': ') || 'refused')
    this.code = code
    this.text = text
    this.status = status
    this.hint = hint
  }
}

/** What would come of a call, found out without changing anything. */
export interface Rehearsal {
  /** `undone`: it was run, and everything undone; `checked`: only what can be known before was looked at. */
  readonly how: 'undone' | 'checked'
  /** What the call would have answered. */
  readonly result?: unknown
}

/** What the audit log is told of a tool call: names and ids, and no other value of a request. */
export interface AuditLine {
  readonly tool: string
  readonly method?: string | undefined
  readonly entityTypeId?: number | undefined
  readonly id?: string | undefined
  readonly dryRun?: true | undefined
  /** The error's code, where it was refused. */
  readonly refused?: string | undefined
  readonly milliseconds: number
}

/** The portal behind the tools: in this process, or anywhere else. */
export interface Backend {
  /** `https://portal.example` */
  readonly portal: string
  /** Throws Refusal. */
  call(method: string, params: Params, options?: CallOptions): Promise<Answered>
  /** Throws Refusal where the call itself would be refused. */
  rehearse(method: string, params: Params, options?: CallOptions): Promise<Rehearsal>
  /** Never throws: a log that cannot be written is told of where the backend's own errors go. */
  audit(line: AuditLine): Promise<void>
}

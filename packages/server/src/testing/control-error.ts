/** What a test has asked of a portal wrongly, in words for its author. */
export class ControlError extends Error {
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

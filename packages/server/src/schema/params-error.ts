/** Why a request's parameters could not be decoded. Every one of them is the caller's fault. */
export type ParamsErrorCode =
  'too-deep' | 'too-many' | 'malformed-json' | 'not-an-object' | 'bad-encoding' | 'unsupported-type' | 'nul-byte'

/** The only error that decoding throws, whatever the bytes. The message is fit to be shown to the caller. */
export class ParamsError extends Error {
  readonly code: ParamsErrorCode

  constructor(code: ParamsErrorCode, message: string) {
    super(message)
    this.name = 'ParamsError'
    this.code = code
  }
}

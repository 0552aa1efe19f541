const HIDDEN = '***'
const KEYS =
  'auth|access_token|refresh_token|client_secret|application_token|password|secret|code_verifier|accessToken|refreshToken|clientSecret'
/** `/rest/1/CODE/…` and `/rest/api/1/CODE/…`; slashes may be escaped as in JSON. */
const WEBHOOK = /(\\?\/rest(?:\\?\/api)?\\?\/\d+\\?\/)[A-Za-z0-9_-]+(?=\\?\/|$|["'\s?])/g
const JSON_VALUE = new RegExp(`("(?:${KEYS})"\\s*:\\s*")[^"]*"`, 'gi')
const QUERY_VALUE = new RegExp(`([?&](?:${KEYS})=)[^&\\s"'<>]+`, 'gi')

/** Keeps secrets out of whatever people and logs get to see. */
export class Mask {
  readonly #secrets = new Set<string>()

  /** Too short a text is no secret, and would blacken every text that it stands in. */
  hide(...secrets: readonly string[]): void {
    for (const secret of secrets) if (secret.length >= 6) this.#secrets.add(secret)
  }

  text(text: string): string {
    let masked = text
    for (const secret of this.#secrets) {
      masked = masked.replaceAll(secret, HIDDEN)
      const encoded = encodeURIComponent(secret)
      if (encoded !== secret) masked = masked.replaceAll(encoded, HIDDEN)
    }
    return masked
      .replace(WEBHOOK, `$1${HIDDEN}`)
      .replace(JSON_VALUE, `$1${HIDDEN}"`)
      .replace(QUERY_VALUE, `$1${HIDDEN}`)
  }
}

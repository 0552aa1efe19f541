import type { Credential } from '../methods/method.ts'
import type { FileUrls } from '../schema/kind.ts'
import { sign, verify } from './secrets.ts'

/** How long a link to a file works, in seconds. */
const LIFETIME = 3600

interface Claim {
  readonly file: number
  readonly user: number
  readonly expires: number
}

/**
 * Links to files carry a signed, short-lived claim of their own. `auth` in them is derived, so that neither the
 * webhook's code nor the caller's token is ever seen in an address (api-reference/files/how-to-upload-files.md).
 */
export class FileLinks {
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  maker(origin: string, credential: Credential, now: number): (fileId: number) => FileUrls {
    // Whole minutes, so that one page of a list is the same twice and can be cached.
    const expires = Math.ceil(now / 60) * 60 + LIFETIME
    // Signed at the first file only: most answers show none.
    let auth: string | undefined
    return (fileId) => {
      auth ??= sign(`link:${credential.userId}:${expires}`, this.#key).replace('.', '')
      const claim: Claim = { file: fileId, user: credential.userId, expires }
      const query = `auth=${auth.slice(-43)}&token=${encodeURIComponent(`crm|${sign(JSON.stringify(claim), this.#key)}`)}`
      return {
        show: `/rest/crm.controller.item.getFile.json?${query}&show=Y`,
        download: `/rest/download.json?${query}`,
        machine: `${origin}/rest/crm.controller.item.getFile.json?${query}`,
      }
    }
  }

  /** The file that a link's token stands for, and on whose behalf; undefined if forged or expired. */
  read(token: string, now: number): { fileId: number; userId: number } | undefined {
    const payload = verify(token.replace(/^(crm|disk)\|/, ''), this.#key)
    // The key signs more than claims to files: only those are JSON.
    if (payload?.startsWith('{') !== true) return undefined
    const claim = JSON.parse(payload) as Claim
    return claim.expires < now ? undefined : { fileId: claim.file, userId: claim.user }
  }
}

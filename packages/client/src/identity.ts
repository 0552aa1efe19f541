import { portalAddress, webhookAddress, type Address } from './address.ts'
import type { Mask } from './mask.ts'
import { TokenKeeper, type PostForm } from './oauth.ts'
import type { Credential } from './options.ts'

/** How calls say whose they are. */
export interface Identity {
  readonly address: Address
  /** What goes along with every call beside the token. */
  readonly headers?: () => Readonly<Record<string, string>>
  /** What goes into `auth`; undefined for a webhook, whose code is in the address. */
  token(): Promise<string | undefined>
  /** Another token in place of one that the portal no longer takes; undefined where there is none. */
  renew(refused: string | undefined): Promise<string | undefined>
}

export function identify(
  credential: Credential,
  given: { readonly mask: Mask; readonly post: PostForm; readonly portal: () => string },
): Identity {
  const { mask } = given
  if ('webhook' in credential) {
    const address = webhookAddress(credential.webhook)
    if (address.secret !== undefined) mask.hide(address.secret)
    return { address, token: async () => undefined, renew: async () => undefined }
  }
  const address = portalAddress(credential.portal)
  if ('oauth' in credential) {
    const { post, portal } = given
    const keeper = new TokenKeeper(credential.oauth, {
      post,
      portal,
      hide: (...secrets) => mask.hide(...secrets),
      mask: (text) => mask.text(text),
    })
    return {
      address,
      token: () => keeper.token(),
      renew: async (refused) => (refused === undefined ? undefined : keeper.renew(refused)),
    }
  }
  if ('session' in credential) {
    const { session } = credential
    const headers = (): Record<string, string> => ({ 'x-portico-csrf': session() })
    return { address, headers, token: async () => undefined, renew: async () => undefined }
  }
  const { token } = credential
  const read = async (): Promise<string> => {
    const present = typeof token === 'function' ? await token() : token
    mask.hide(present)
    return present
  }
  return {
    address,
    token: read,
    renew: async (refused) => {
      const present = typeof token === 'function' ? await read() : undefined
      return present === refused ? undefined : present
    },
  }
}

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'

export interface OpenIdOptions {
  readonly issuer: string
  readonly clientId: string
  /** Null for a client that has none: PKCE protects it all the same. */
  readonly clientSecret: string | null
  /** What the button says. */
  readonly name: string
  /** Whether whoever the provider knows becomes a person of the portal. */
  readonly create: boolean
}

/** What the browser keeps, sealed, until it comes back from the provider. */
export interface OpenIdChecks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who somebody is at the provider. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** Only where the provider says that it belongs to the person. */
  readonly verifiedEmail: string | undefined
  readonly givenName: string
  readonly familyName: string
}

/** Seconds that the provider is given for each answer. */
const PATIENCE = 10
const SCOPE = 'openid email profile'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Signing in at an OpenID provider: the code flow with PKCE, state and nonce. Its requests go to the issuer that the
 * operator has set, and to what that names for its endpoints; they don't pass the guard of `records/outgoing.ts`,
 * because a provider in one's own network is the usual case, and nobody but the operator chooses it.
 */
export class OpenId {
  readonly #options: OpenIdOptions
  #provider: Promise<Configuration> | undefined

  constructor(options: OpenIdOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get create(): boolean {
    return this.#options.create
  }

  /** Where the browser is sent, and what must be known when it comes back. Throws if the provider is not there. */
  async begin(redirectUri: string): Promise<{ readonly url: URL; readonly checks: OpenIdChecks }> {
    const provider = await this.#found()
    const checks = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    })
    return { url, checks }
  }

  /**
   * Who came back, by the address that the browser was sent to. Throws unless it is an answer to `begin`, with a token
   * for this portal that the provider has signed.
   */
  async finish(address: URL, { state, nonce, verifier }: OpenIdChecks): Promise<Identity> {
    const provider = await this.#found()
    const tokens = await authorizationCodeGrant(provider, address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('the provider gave no identity')
    // Many providers tell the address only when they are asked for it.
    const isTold = claims.email !== undefined || provider.serverMetadata().userinfo_endpoint === undefined
    const more = isTold ? {} : await fetchUserInfo(provider, tokens.access_token, claims.sub)
    const profile: Readonly<Record<string, unknown>> = { ...claims, ...more }
    return {
      issuer: claims.iss,
      subject: claims.sub,
      verifiedEmail: profile.email_verified === true && text(profile.email) !== '' ? text(profile.email) : undefined,
      givenName: text(profile.given_name) || text(profile.name),
      familyName: text(profile.family_name),
    }
  }

  /** What the provider says of itself, asked for once; where that failed, again. */
  #found(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#options
    const url = new URL(issuer)
    this.#provider ??= discovery(
      url,
      clientId,
      {},
      clientSecret === null ? None() : ClientSecretBasic(clientSecret),
      // The configuration takes plain HTTP for this machine only.
      { timeout: PATIENCE, ...(url.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}) },
    ).catch((cause: unknown) => {
      this.#provider = undefined
      throw cause
    })
    return this.#provider
  }
}

// The package ships no types; these are of what the tests use.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  export interface ProviderAccount {
    readonly accountId: string
    claims(): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
  }

  export interface ProviderConfiguration {
    readonly clients: readonly Readonly<Record<string, unknown>>[]
    readonly claims: Readonly<Record<string, readonly string[]>>
    readonly cookies: { readonly keys: readonly string[] }
    readonly pkce: { required(): boolean }
    findAccount(context: unknown, id: string): ProviderAccount | undefined | Promise<ProviderAccount | undefined>
  }

  export class Provider {
    constructor(issuer: string, configuration: ProviderConfiguration)
    callback(): RequestListener
  }
}

/** Where the web CRM is built to. */
export const builtUi: string
/** Builds it unless the last build was made from exactly the present sources and packages. */
export function ensureUi(): void
/** What it is made of, in one word. */
export function fingerprint(): string

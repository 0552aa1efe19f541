/** Makes packages/client/dist, or the same elsewhere. */
export function buildClient(directory?: string): void

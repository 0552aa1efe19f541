/** There is no portal in the place where one was looked for. */
export class NoPortalError extends Error {}

/** A year, in seconds. */
const LASTS = 31_536_000

/** Lets the server's own pages (sign-in, account, applications) speak and look as the web CRM does. */
export function tellServer(name: string, value: string): void {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${LASTS}; SameSite=Lax`
}

/** What the server has put into the page: who looks at it, and where. */
export interface Boot {
  readonly user: { readonly id: number; readonly name: string; readonly email: string; readonly admin: boolean }
  /** Goes along with every call, so that no foreign page can use the session. */
  readonly csrf: string
  /** The portal's language and time zone. */
  readonly lang: string
  readonly zone: string
  readonly version: string
}

const text = document.getElementById('boot')?.textContent
if (!text) throw new Error('the page holds no boot data')
export const boot = JSON.parse(text) as Boot

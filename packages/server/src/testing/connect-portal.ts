import { type PortalControls, portalControls } from './portal-controls.ts'

/**
 * Steers a portal that runs elsewhere: in a container, in another process.
 * @param given PORTICO_CONTROL_URL, PORTICO_CONTROL_KEY and PORTICO_WEBHOOK_HTTP, as its start has told them
 */
export function connectPortal(given: {
  readonly url: string
  readonly key: string
  readonly webhook: string
}): PortalControls {
  const { url, key, webhook } = given
  return portalControls(async (name, parameters) => {
    const response = await fetch(`${url}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    const answer = (await response.json()) as { result?: unknown; error?: unknown; error_description?: unknown }
    if (!response.ok) throw new Error(String(answer.error_description ?? answer.error))
    return answer.result
  }, webhook)
}

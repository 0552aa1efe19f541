import { ensureUi } from '../../../../scripts/build-ui.mjs'

/** The journeys walk through what is served: built once, before all of them. */
export function setup(): void {
  if (process.env.PORTICO_UI_DIR === undefined) ensureUi()
}

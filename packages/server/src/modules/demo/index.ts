import type { Call } from '../../methods/method.ts'
import type { Portal } from '../../records/context.ts'
import type { Session } from '../../store/store.ts'
import { documentedRecords } from './documented.ts'
import { everydayRecords } from './everyday.ts'
import { DemoTools } from './tools.ts'

/** The setting of a portal that holds demo data: what is written there is nobody's loss. */
export const IS_DEMO = 'portal.demo'

/** Fills a new portal with what the documentation's examples refer to and, beside it, a few hundred records of everyday life. */
export async function fillDemo(portal: Portal, session: Session, dispatch: Call['dispatch']): Promise<void> {
  const demo = new DemoTools(portal, session, dispatch)
  await session.transaction((tx) => portal.settings.set(tx, IS_DEMO, 'Y'))
  await documentedRecords(demo)
  // What follows reads it in sessions of its own.
  await session.settled()
  await everydayRecords(demo, Math.floor(portal.sources.now()))
}

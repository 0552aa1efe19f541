import type { Application } from '../../records/applications.ts'
import type { Context } from '../../records/context.ts'
import { deliver, deliverToHandlers } from '../../records/deliveries.ts'
import type { Transaction } from '../../store/store.ts'

type Within = Pick<Context, 'portal' | 'person' | 'now'> & { readonly tx: Transaction }

/** Who has installed it gives it the tokens to begin with (api-reference/common/events/on-app-install.md). */
const installed = ({ portal, person }: Within, { id, version }: Application) => ({
  applicationId: id,
  event: 'ONAPPINSTALL',
  data: { VERSION: String(version), ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: portal.language },
  userId: person.id,
  withRefreshToken: true,
})

/** An application without pages is called at its install URL, once, when it is added (settings/app-installation/local-apps/installation-callback.md). */
export async function callInstallUrl(within: Within, application: Application): Promise<void> {
  const url = application.installUrl
  if (application.scriptOnly && url !== '') await deliver(within, { ...installed(within, application), url })
}

/** An application whose page has finished the installation hears of it where it has asked to. */
export async function announceInstall(within: Within, application: Application): Promise<void> {
  await deliverToHandlers(within, installed(within, application))
}

/** api-reference/common/events/on-app-update.md */
export async function announceUpdate(within: Within, application: Application, previous: number): Promise<void> {
  if (!application.installed) return
  const { id, version } = application
  await deliverToHandlers(within, {
    applicationId: id,
    event: 'ONAPPUPDATE',
    data: { VERSION: String(version), PREVIOUS_VERSION: String(previous), LANGUAGE_ID: within.portal.language },
    userId: within.person.id,
    withRefreshToken: true,
  })
}

/** Without tokens: they have ended (api-reference/common/events/on-app-uninstall.md). */
export async function announceUninstall(within: Within, application: Application, clean: boolean): Promise<void> {
  if (!application.installed) return
  await deliverToHandlers(within, {
    applicationId: application.id,
    event: 'ONAPPUNINSTALL',
    data: { LANGUAGE_ID: within.portal.language, CLEAN: clean ? 1 : 0 },
  })
}

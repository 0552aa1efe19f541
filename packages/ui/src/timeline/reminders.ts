import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { boot } from '../api/boot.ts'
import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import { say } from '../i18n/index.ts'
import { cardPath, typesQuery } from '../model/record-types.ts'
import { openSlider } from '../shell/sliders.ts'
import { momentText } from './moments.ts'

interface Reminder {
  readonly activityId: number
  readonly title: string
  readonly deadline: string
  readonly entityTypeId: number
  readonly id: number
}

/** The part of the kit's toasts that is used: its own type is deeper than TypeScript follows. */
interface Toasts {
  add(toast: {
    id: string
    title: string
    description: string
    duration: number
    actions: readonly { label: string; onClick: () => void }[]
  }): void
}

const EVERY = 60_000
/** All windows of a person share it, so that each reminder is shown in one of them. */
const KEY = `portico.reminded.${boot.user.id}`

async function look(toasts: Toasts): Promise<void> {
  const since = localStorage.getItem(KEY) ?? new Date(Date.now() - EVERY).toISOString()
  const { reminders, now } = await call<{ reminders: readonly Reminder[]; now: string }>('portico.reminder.list', {
    since,
  })
  // Another window was quicker.
  if ((localStorage.getItem(KEY) ?? since) !== since) return
  localStorage.setItem(KEY, now)
  if (reminders.length === 0) return
  const types = await queries.ensureQueryData(typesQuery)
  for (const { activityId, title, deadline, entityTypeId, id } of reminders) {
    const type = types.find((each) => each.entityTypeId === entityTypeId)
    toasts.add({
      id: `reminder-${activityId}`,
      title: say('timeline.reminder', { time: momentText(deadline) }),
      description: title,
      // It stays until somebody has seen it.
      duration: 600_000,
      actions:
        type === undefined
          ? []
          : [{ label: say('timeline.openReminder'), onClick: () => void openSlider(cardPath(type, id)) }],
    })
  }
}

/** Reminds the person of what they have to do, for as long as a page is open. */
export function startReminders(): void {
  const toasts = useToast() as unknown as Toasts
  // A reminder that fails is looked for again a minute later.
  const turn = (): void => void look(toasts).catch(() => {})
  setInterval(turn, EVERY)
  setTimeout(turn, 5_000)
}

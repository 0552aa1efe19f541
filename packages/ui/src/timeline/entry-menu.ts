import type { DropdownMenuItem } from '@bitrix24/b24ui-nuxt'
import NoteIcon from '@bitrix24/b24icons-vue/outline/NoteIcon'
import PinIcon from '@bitrix24/b24icons-vue/outline/PinIcon'
import UnpinIcon from '@bitrix24/b24icons-vue/outline/UnpinIcon'
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { call } from '../api/portal.ts'
import { useNotify } from '../shell/notify.ts'
import type { Entry, Owner } from './entries.ts'
import { timelineChanged } from './use-timeline.ts'

/** Entries of a timeline, and activities: what notes are written on. */
export const noteTypes: Readonly<Record<string, number>> = { item: 1, activity: 2 }

interface Shown {
  readonly entry: Entry
  readonly owner: Owner
  readonly pinned?: boolean
  readonly mayChange: boolean
}

/** What can be done with any entry: pin it, write a note on it. */
export function useEntryMenu(props: Shown, on: { note: () => void }): ComputedRef<DropdownMenuItem[]> {
  const { t } = useI18n()
  const notify = useNotify()
  async function pin(isPinned: boolean): Promise<void> {
    const { entityTypeId, id } = props.owner
    try {
      await call(isPinned ? 'crm.timeline.item.pin' : 'crm.timeline.item.unpin', {
        id: props.entry.id,
        ownerTypeId: entityTypeId,
        ownerId: id,
      })
      await timelineChanged(props.owner)
    } catch (cause) {
      notify.failed(cause)
    }
  }
  return computed(() => {
    if (!props.mayChange) return []
    const items: DropdownMenuItem[] = []
    // Only comments and messages have a place at the top: activities stand there by themselves.
    if (props.entry.source === 'item')
      items.push(
        props.pinned
          ? { label: t('timeline.unpin'), icon: UnpinIcon, onSelect: () => void pin(false) }
          : { label: t('timeline.pin'), icon: PinIcon, onSelect: () => void pin(true) },
      )
    if (props.entry.source in noteTypes)
      items.push({
        label: props.entry.note === undefined ? t('timeline.addNote') : t('timeline.editNote'),
        icon: NoteIcon,
        onSelect: on.note,
      })
    return items
  })
}

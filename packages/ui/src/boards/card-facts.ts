import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import * as format from '../model/format.ts'
import type { Person } from '../model/people.ts'
import { type Card, numbersOf } from './card.ts'
import type { Client } from './companions.ts'
import { useBoardContext } from './context.ts'
import { dueText, shortDate } from './due.ts'

export interface CardFacts {
  readonly title: string
  /** undefined: still being read; '': there is none. */
  readonly client: string | undefined
  readonly amount: string
  readonly badge: string
  /** undefined: still being read; null: nothing is planned. */
  readonly activity: { readonly text: string; readonly title: string; readonly isOverdue: boolean } | null | undefined
  readonly phone: string
  readonly email: string
  readonly created: string
  readonly person: Person | undefined
  readonly hasFoot: boolean
  /** All of it in a few words, for who listens. */
  readonly label: string
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** What a card says, worked out once until one of its parts changes. */
export function useCardFacts(card: () => Card): ComputedRef<CardFacts> {
  const { t } = useI18n()
  const context = useBoardContext()

  /** The record's contact and company, as far as they are known. */
  const clients = computed<readonly (Client | null | undefined)[]>(() => {
    const companions = context.companions.value
    const [contact] = [...numbersOf(card().contactId), ...numbersOf(card().contactIds)]
    const [company] = numbersOf(card().companyId)
    return [
      ...(contact === undefined ? [] : [companions?.contacts.get(contact)]),
      ...(company === undefined ? [] : [companions?.companies.get(company)]),
    ]
  })

  const client = computed(() => {
    if (clients.value.includes(undefined) && card().id > 0) return undefined
    const own = [[card().name, card().lastName].map(text).filter(Boolean).join(' '), text(card().companyTitle)]
    const names = [...clients.value.map((each) => each?.name ?? ''), ...own].filter(Boolean)
    return [...new Set(names)].slice(0, 2).join(' · ')
  })

  const reach = (kind: 'phone' | 'email'): string =>
    context.parts.value.has('reach')
      ? text(card()[kind]) || clients.value.map((each) => each?.[kind]).find(Boolean) || ''
      : ''

  const activity = computed<CardFacts['activity']>(() => {
    const found = context.companions.value?.activities.get(card().id)
    if (card().id < 0) return null
    if (found === undefined || found === null) return found
    const now = context.now.value
    const due = found.deadline === null ? '' : dueText(found.deadline, now)
    const subject = found.subject || t('boards.activity')
    const isOverdue = found.deadline !== null && Date.parse(found.deadline) < now
    const full = found.deadline === null ? subject : `${subject}, ${format.dateTime(found.deadline)}`
    return { text: [subject, due].filter(Boolean).join(', '), title: full, isOverdue }
  })

  return computed(() => {
    const { parts, people, badges } = context
    const now = card()
    const title = text(now.title) || t('boards.untitled', { id: now.id })
    const amount =
      parts.value.has('opportunity') && Number(now.opportunity ?? 0) !== 0
        ? format.money(Number(now.opportunity), text(now.currencyId), {
            whole: Number.isInteger(Number(now.opportunity)),
          })
        : ''
    const badge = ['typeId', 'sourceId']
      .filter((name) => parts.value.has(name))
      .map((name) => badges.value.get(name)?.get(text(now[name])) ?? '')
      .find(Boolean)
    const created = parts.value.has('createdTime') ? shortDate(text(now.createdTime), context.now.value) : ''
    const person = parts.value.has('assignedById') ? people.value.get(Number(now.assignedById)) : undefined
    const phone = reach('phone')
    const email = reach('email')
    const overdue = activity.value?.isOverdue ? t('boards.overdue') : ''
    return {
      title,
      client: client.value,
      amount,
      badge: badge ?? '',
      activity: activity.value,
      phone,
      email,
      created,
      person,
      hasFoot: ['reach', 'createdTime', 'assignedById'].some((part) => parts.value.has(part)),
      label: [title, client.value, amount, overdue].filter(Boolean).join(', '),
    }
  })
}

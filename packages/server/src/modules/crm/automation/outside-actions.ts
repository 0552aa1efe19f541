import { isMap } from '../../../methods/method.ts'
import { OutgoingError } from '../../../records/outgoing.ts'
import { formatDateTime } from '../../../schema/time.ts'
import { scalarOf } from '../../../store/entity-query.ts'
import { sendMail } from '../../mail.ts'
import { type Action, refuse, secondsOf, type Step, textOfSetting } from './action.ts'
import { documentId, documentType, formOf, senderOf } from './document.ts'
import { momentField } from './record-actions.ts'
import { fill, fillText, wordsOf } from './placeholders.ts'
import { momentOf } from './waiting.ts'

/** Seconds until an activity is due, unless the rule says otherwise. */
const A_DAY = 86_400

/**
 * Adds an activity: `{ title, description, responsibleId, dueIn: 3600 }` or `dueField: 'closedate'`. Done by the method
 * for that, and so at least once: a server that dies right after it does it again.
 */
export const addActivity: Action = {
  check(settings, entity) {
    textOfSetting(settings, 'title')
    textOfSetting(settings, 'description')
    secondsOf(settings, 'dueIn')
    if (settings.dueField !== undefined && momentField(entity, settings.dueField) === undefined)
      throw refuse('The activity must be due at a field that holds a date')
  },
  async run(step) {
    const { context, rule, chain, entity, stored, lookup } = step
    const { responsibleId, dueField } = rule.settings
    const due = dueField === undefined ? undefined : momentOf(step, dueField)
    const owner = entity.byName.get('assignedById')
    const responsible = responsibleId ?? (owner === undefined ? undefined : scalarOf(stored, owner))
    await context.call('crm.activity.todo.add', {
      ownerTypeId: chain.entityTypeId,
      ownerId: chain.recordId,
      title: fillText(textOfSetting(rule.settings, 'title'), lookup),
      description: fillText(textOfSetting(rule.settings, 'description'), lookup),
      deadline: formatDateTime(
        due ?? Math.floor(context.now) + (secondsOf(rule.settings, 'dueIn') ?? A_DAY),
        context.portal.zone,
      ),
      ...(responsible === undefined || responsible === null ? {} : { responsibleId: responsible }),
    })
    return {}
  },
}

/** An address may have placeholders behind its host, which never make it another address. */
const addressOf = (url: string, lookup: Step['lookup']): string => fillText(url, lookup, encodeURIComponent)

/** Sends `{ url, data: { … } }` to an address, at least once. */
export const callWebhook: Action = {
  check({ url, data }) {
    const address = typeof url === 'string' ? addressOf(url, () => 'x') : ''
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
      throw refuse('The rule must name an address that begins with http:// or https://')
    if (data !== undefined && !isMap(data)) throw refuse('What is sent must be a map')
  },
  async run({ context, rule, chain, lookup }) {
    const { portal, session, person } = context
    const { entityTypeId, recordId } = chain
    const body = formOf({
      ...(fill(rule.settings.data ?? {}, lookup) as Record<string, unknown>),
      document_id: documentId(entityTypeId, recordId),
      document_type: documentType(entityTypeId),
      ts: Math.floor(context.now),
      auth: await senderOf(portal, session, person.id),
    })
    await deliver(context.portal, addressOf(textOfSetting(rule.settings, 'url'), lookup), body)
    return {}
  },
}

/** Sends to whoever must say that it arrived: busy servers are asked again, others have refused for good. */
export async function deliver(portal: Step['context']['portal'], url: string, body: string): Promise<void> {
  const { status } = await portal.outgoing.post(url, body)
  if (status >= 200 && status < 300) return
  throw new OutgoingError(`the address answered ${status}`, status < 500 && status !== 408 && status !== 429)
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

/** Sends a letter, `{ to: '{{EMAIL}}', subject, text, html }`, at least once; mailboxes know it by its id if it comes twice. */
export const sendLetter: Action = {
  check(settings) {
    if (textOfSetting(settings, 'to') === '') throw refuse('The letter must have an address')
    if (textOfSetting(settings, 'subject') === '') throw refuse('The letter must have a subject')
    textOfSetting(settings, 'text')
    textOfSetting(settings, 'html')
  },
  async run({ context, rule, chain, lookup }) {
    const text = (name: string): string => fillText(textOfSetting(rule.settings, name), lookup)
    const to = text('to')
      .split(/[,;]/)
      .map((address) => address.trim())
      .filter((address) => address !== '')
    if (to.length === 0) throw refuse('The record has no e-mail address')
    const html = fillText(textOfSetting(rule.settings, 'html'), lookup, escapeHtml)
    await sendMail(context.portal, {
      to,
      subject: text('subject').replace(/\s+/g, ' '),
      text: text('text'),
      ...(html === '' ? {} : { html }),
      messageId: `<${chain.workflowId}.${rule.id}@portico>`,
    })
    return { note: `to ${wordsOf(to)}` }
  },
}

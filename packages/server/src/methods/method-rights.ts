import type { Entity, EntityRights } from '../schema/entity.ts'
import type { Method } from './method.ts'

/** Last words of methods that change nothing, in lower case; `get…` is one as well. */
const readingVerbs = new Set(
  'access admin availabletoadd children count countries current events fields findbycomm info items isoffers list my multidepartment name openapi profile search status statuslist subordinates tail time types'.split(
    ' ',
  ),
)
const readingNames = new Set(['documentation', 'events', 'methods', 'profile', 'scope'])
/** They read, and something is different afterwards. */
const writingReaders = new Set([
  // Takes what it answers out of the queue.
  'event.offline.get',
  // Makes a public link.
  'crm.documentgenerator.document.enablepublicurl',
])

/**
 * Whether a method changes nothing, by its name: what read-only callers may call. A name that nobody has thought of
 * counts as one that writes. `batch` is what its commands are, and is not one that reads.
 */
export function isReading(name: string): boolean {
  const key = name.toLowerCase()
  // A public link is made by whoever asks for it first.
  if (writingReaders.has(key) || key.endsWith('externallink')) return false
  const verb = key.slice(key.lastIndexOf('.') + 1)
  if (!key.includes('.')) return readingNames.has(key)
  return verb.startsWith('get') || readingVerbs.has(verb) || key.startsWith('crm.enum.')
}

type Guard = EntityRights | 'everyone' | 'application'

/** Who is let in, by the beginnings of names in lower case; the longest one that fits counts. */
const guards: Readonly<Record<string, Guard>> = {
  '': 'everyone',
  'app.': 'application',
  'bizproc.': 'application',
  'catalog.': 'settings',
  'catalog.price.': 'roles',
  'catalog.product.': 'roles',
  'catalog.productimage.': 'roles',
  'crm.': 'settings',
  'crm.activity.': 'owner',
  'crm.activity.badge.': 'settings',
  'crm.activity.type.': 'application',
  'crm.address.': 'owner',
  'crm.automation.trigger': 'application',
  'crm.calllist.': 'roles',
  'crm.company.': 'roles',
  'crm.contact.': 'roles',
  'crm.deal.': 'roles',
  'crm.documentgenerator.document.': 'owner',
  'crm.duplicate.findbycomm': 'roles',
  'crm.entity.': 'roles',
  'crm.invoice.': 'roles',
  'crm.invoice.status.': 'settings',
  'crm.item.': 'roles',
  'crm.lead.': 'roles',
  'crm.orderentity.': 'owner',
  'crm.product.': 'roles',
  'crm.product.property.': 'settings',
  'crm.productrow.': 'owner',
  'crm.quote.': 'roles',
  'crm.requisite.': 'owner',
  'crm.requisite.preset.': 'settings',
  'crm.stagehistory.': 'roles',
  'crm.timeline.': 'owner',
  'crm.timeline.icon.': 'portal',
  'crm.timeline.logo.': 'portal',
  'crm.tracking.': 'owner',
  'department.': 'portal',
  'event.': 'application',
  'humanresources.': 'portal',
  'main.eventlog.': 'portal',
  'placement.': 'application',
  'portico.': 'portal',
  'portico.method.': 'everyone',
  'portico.preference.': 'everyone',
  'portico.rights.my': 'everyone',
  'portico.scope.': 'everyone',
  'portico.webhook.': 'everyone',
  'user.add': 'portal',
  'user.option.': 'application',
  'user.update': 'portal',
  'user.userfield.': 'portal',
  'userfieldconfig.': 'settings',
  userfieldtype: 'application',
}
const longestFirst = Object.keys(guards).sort((a, b) => b.length - a.length)

/** Families below records of the CRM that go by the rights to one of them, or to its settings. */
const below: readonly (readonly [RegExp, Guard])[] = [
  [/^crm\.\w+\.(userfield|details\.configuration)\./, 'settings'],
  [/^crm\.\w+\.(contact|company)\.|\.productrows?\.|^crm\.item\.(payment|delivery)\./, 'owner'],
]
/** Reading these is for those as well who may write them. */
const closed = /^(main\.eventlog|portico\.(app|delivery|listen|log|outbound|role|user)\.)/

/** What a caller must be allowed beside the scopes, in one sentence. */
export function rightsOf(
  { name, records }: Pick<Method, 'name' | 'records'>,
  entities: readonly Entity[] = [],
): string {
  const key = name.toLowerCase()
  const verb = key.slice(key.lastIndexOf('.') + 1)
  const entity = entities.find(({ entityTypeId }) => entityTypeId === records?.entityTypeId)
  const guard =
    entity?.rights ??
    below.find(([pattern]) => pattern.test(key))?.[1] ??
    guards[longestFirst.find((start) => key.startsWith(start)) ?? ''] ??
    'everyone'
  if (isReading(name) && !closed.test(key)) return reading[guard]
  if (guard !== 'roles') return writing[guard]
  const does =
    { add: 'add', update: 'change', delete: 'delete', import: 'import', batchimport: 'import' }[verb] ?? 'change'
  return `The right to ${does} such records, by the caller's roles`
}

const reading: Readonly<Record<Guard, string>> = {
  roles: "Everyone; what is shown is what the caller's roles allow to read",
  owner: 'The right to read the record that it belongs to',
  settings: 'Everyone',
  portal: 'Everyone',
  everyone: 'Everyone',
  application: 'An application, or a webhook where that makes sense',
}
const writing: Readonly<Record<Guard, string>> = {
  roles: '',
  owner: 'The right to change the record that it belongs to',
  settings: 'The right to change the settings of the CRM',
  portal: 'An administrator of the portal',
  everyone: 'Everyone',
  application: 'An application, or a webhook where that makes sense',
}

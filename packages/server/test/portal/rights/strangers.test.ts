import { beforeAll, describe, expect, it } from 'vitest'
import { accessToken } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import type { Answer } from '../../support/portal.ts'
import { type Parameters, sendable, vectors } from '../../support/vectors.ts'
import { areas } from '../vectors-areas/index.ts'
import { targets as coreTargets } from '../vectors-targets/index.ts'
import { traces } from './tools.ts'

/**
 * Every method that concerns records or settings of the CRM, called as its documentation calls it, about things that
 * there are, by somebody whom no role allows anything.
 */
const portal = await documentedPortal()
const targets = new Map([...coreTargets, ...areas.flatMap((area) => Object.entries(area.targets ?? {}))])
const byApplication = new Set(areas.flatMap((area) => area.byApplication ?? []))
const requestsOf = new Map(vectors.map(({ method, requests }) => [method, requests]))
const methods = portal.registry.all.filter(
  ({ name, version }) => version !== 3 && /^(crm|catalog|bizproc|userfieldconfig|portico\.(role|rights))\./.test(name),
)

/** What answers to everybody, and why. Whatever isn't named here must refuse, and what no longer answers must go. */
const ANSWERING: Readonly<Record<string, readonly string[]>> = {
  'what fields there are, is the same on every portal': [
    'crm.activity.communication.fields',
    'crm.activity.fields',
    'crm.address.fields',
    'crm.catalog.fields',
    'crm.category.fields',
    'crm.company.contact.fields',
    'crm.contact.company.fields',
    'crm.deal.contact.fields',
    'crm.enum.fields',
    'crm.invoice.status.fields',
    'crm.item.productrow.fields',
    'crm.lead.contact.fields',
    'crm.measure.fields',
    'crm.multifield.fields',
    'crm.paysystem.fields',
    'crm.persontype.fields',
    'crm.product.property.enumeration.fields',
    'crm.product.property.fields',
    'crm.quote.contact.fields',
    'crm.requisite.bankdetail.fields',
    'crm.requisite.fields',
    'crm.requisite.link.fields',
    'crm.requisite.preset.countries',
    'crm.requisite.preset.field.availabletoadd',
    'crm.requisite.preset.field.fields',
    'crm.requisite.preset.fields',
    'crm.status.fields',
    'crm.timeline.bindings.fields',
    'crm.timeline.comment.fields',
    'crm.userfield.enumeration.fields',
    'crm.userfield.fields',
    'crm.userfield.settings.fields',
    'crm.userfield.types',
    'crm.vat.fields',
  ],
  'what values there are, is the same on every portal': [
    'catalog.enum.getRoundTypes',
    'catalog.enum.getStoreDocumentTypes',
    'crm.enum.activitydirection',
    'crm.enum.activitynotifytype',
    'crm.enum.activitypriority',
    'crm.enum.activitystatus',
    'crm.enum.activitytype',
    'crm.enum.addresstype',
    'crm.enum.contenttype',
    'crm.enum.getorderownertypes',
    'crm.enum.ownertype',
    'crm.enum.settings.mode',
    'crm.product.property.types',
  ],
  'directories, "any user" says their page': [
    'crm.activity.badge.get',
    'crm.activity.badge.list',
    'crm.calllist.statuslist',
    'crm.catalog.get',
    'crm.catalog.list',
    'crm.currency.base.get',
    'crm.measure.get',
    'crm.measure.list',
    'crm.paysystem.list',
    'crm.persontype.list',
    'crm.product.property.get',
    'crm.product.property.list',
    'crm.settings.mode.get',
    'crm.status.entity.types',
    'crm.timeline.icon.get',
    'crm.timeline.icon.list',
    'crm.timeline.logo.get',
    'crm.timeline.logo.list',
    'crm.vat.get',
    'crm.vat.list',
  ],
  'the common card is everybody’s, "any user" says its page': [
    'crm.company.details.configuration.get',
    'crm.contact.details.configuration.get',
    'crm.deal.details.configuration.get',
    'crm.item.details.configuration.get',
    'crm.lead.details.configuration.get',
  ],
  'what a stranger may do is told: nothing': ['portico.rights.my'],
  'the token of the robot’s call is the right to answer it': ['bizproc.event.send'],
}

/** Lists of what the caller may read: nothing. */
const EMPTY = ['crm.activity.list', 'crm.calllist.list', 'crm.category.list', 'crm.timeline.bindings.list']
/** "Any user can delete a trace" (crm-tracking-trace-delete.md); it answers null. */
const TRACES = 'crm.tracking.trace.delete'

const WRITING = ['bizproc.event.send', TRACES]
const TOGETHER = 25

const plausible: Parameters = {
  id: 1,
  entityTypeId: 2,
  ownerTypeId: 2,
  ownerId: 1,
  fields: { TITLE: 'x', NAME: 'x', title: 'x', name: 'x' },
}

const answering: string[] = []
const empty: string[] = []
const writing: string[] = []

beforeAll(async () => {
  const stranger = await portal.person()
  const token = await accessToken(portal, { userId: stranger.id, scope: '*' })
  const calls: { name: string; params: Parameters }[] = []
  for (const { name } of methods) {
    const requests = requestsOf.get(name)
    if (requests === undefined) calls.push({ name, params: plausible })
    for (const request of requests ?? []) {
      const params = sendable(request, new Date())
      calls.push({ name, params: (await targets.get(name)?.(portal, params)) ?? params })
    }
  }
  await portal.withoutRights()
  // Counting every table takes longer than a call: some calls share it.
  const apart = calls.filter(({ name }) => WRITING.includes(name))
  const others = calls.filter(({ name }) => !WRITING.includes(name))
  const groups = apart.map((each) => [each])
  for (let at = 0; at < others.length; at += TOGETHER) groups.push(others.slice(at, at + TOGETHER))
  let before = JSON.stringify(await traces(portal))
  for (const group of groups) {
    for (const { name, params } of group) {
      const answer = await portal.call(name, params, byApplication.has(name) ? { token } : { as: stranger.hook })
      if (answer.status === 200) (isNothing(answer) ? empty : answering).push(name)
    }
    const after = JSON.stringify(await traces(portal))
    if (after !== before) writing.push(...group.map(({ name }) => name))
    before = after
  }
}, 300_000)

function isNothing({ body: { result, total } }: Answer): boolean {
  const holdsNothing = (value: unknown): boolean =>
    value === null || (typeof value === 'object' && Object.values(value).every(holdsNothing))
  return total === 0 || holdsNothing(result)
}

const once = (names: readonly string[]): string[] => [...new Set(names)].sort()

describe('somebody without any right', () => {
  it('is told nothing, but for what there is a reason for', () => {
    expect(methods.length).toBeGreaterThan(400)
    expect(once(answering)).toEqual(once(Object.values(ANSWERING).flat()))
  })

  it('finds lists empty only where refusing them is not documented', () => {
    expect(once(empty).filter((name) => !answering.includes(name))).toEqual(once([...EMPTY, TRACES]))
  })

  it('changes nothing', () => {
    expect(once(writing)).toEqual(WRITING)
  })
})

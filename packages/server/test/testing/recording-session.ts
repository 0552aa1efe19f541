import type { TestPortal } from '../support/portal.ts'

export type Send = (method: string, params?: object) => Promise<Sent>

export interface Sent {
  readonly status: number
  readonly body: Record<string, unknown> & { result?: any; error?: unknown } // eslint-disable-line typescript/no-explicit-any
}

/** Calls through a webhook's address with JSON. */
export const sender =
  (hook: string): Send =>
  async (method, params = {}) => {
    const answer = await fetch(`${hook}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    return { status: answer.status, body: (await answer.json()) as Sent['body'] }
  }

/** A portal whose calls take the way through somebody who listens; people are made in the portal behind. */
export function through(portal: TestPortal, hook: string): TestPortal {
  const send = sender(hook)
  return {
    ...portal,
    call: async (method, params) => ({
      ...(await send(method, params as Record<string, unknown>)),
      headers: {},
      text: '',
    }),
  } as TestPortal
}

/** A record's whole life on both wires, batches, REST 3.0, forms, addresses with a query, XML, files and refusals. */
export async function sessionMore(hook: string): Promise<void> {
  const send = sender(hook)
  const v3 = sender(hook.replace('/rest/', '/rest/api/'))

  // One of each old entity, with phones that have ids of their own.
  for (const name of ['lead', 'deal', 'contact', 'company', 'quote']) {
    const fields = {
      [name === 'contact' ? 'NAME' : 'TITLE']: `Größe ${name}`,
      ...(name === 'deal' || name === 'quote'
        ? {}
        : { PHONE: [{ VALUE: '+49 30 5550100', VALUE_TYPE: 'WORK' }], EMAIL: [{ VALUE: `${name}@example.com` }] }),
      COMMENTS: `call ${name}@example.com or +49 30 5550100`,
      ASSIGNED_BY_ID: 1,
    }
    const { result: id } = (await send(`crm.${name}.add`, { fields })).body
    const { result: row } = (await send(`crm.${name}.get`, { id })).body
    await send(`crm.${name}.get`, { ID: String(id) })
    if (row.PHONE !== undefined)
      await send(`crm.${name}.update`, {
        id,
        fields: { PHONE: [{ ID: row.PHONE[0].ID, VALUE: '+49 30 5550199', VALUE_TYPE: 'MOBILE' }] },
      })
    await send(`crm.${name}.update`, { id, fields: { [name === 'contact' ? 'NAME' : 'TITLE']: 'other' } })
    await send(`crm.${name}.list`, { filter: { ID: id }, select: ['*', 'UF_*', 'PHONE'] })
    await send(`crm.${name}.list`, { filter: { '>=ID': id, '%TITLE': 'oth' }, order: { ID: 'DESC' } })
    await send(`crm.${name}.list`, { filter: { '=TITLE': 'nobody has this' }, select: ['ID'] })
    await send(`crm.${name}.list`, { select: ['ID'], start: -1, filter: { '>ID': 0 } })
    await send(`crm.${name}.delete`, { id })
    await send(`crm.${name}.get`, { id })
    await send(`crm.${name}.delete`, { id })
  }

  // Universal methods, stages and history.
  for (const entityTypeId of [1, 2, 3, 4, 7, 31]) {
    const { result } = (
      await send('crm.item.add', { entityTypeId, fields: { title: 'Item', name: 'Item', opportunity: 12.5 } })
    ).body
    const { id } = result.item
    await send('crm.item.get', { entityTypeId, id })
    await send('crm.item.update', {
      entityTypeId,
      id,
      fields: { title: 'changed', sourceDescription: 'from a friend' },
    })
    await send('crm.item.list', { entityTypeId, filter: { '>=id': id }, select: ['id', 'title', 'createdTime'] })
    await send('crm.item.list', { entityTypeId, filter: { nothing: 1 } })
    await send('crm.item.productrow.set', {
      ownerType: { 1: 'L', 2: 'D', 3: 'C', 4: 'CO', 7: 'Q', 31: 'SI' }[entityTypeId],
      ownerId: id,
      productRows: [{ productName: 'Thing', price: 10.5, quantity: 2 }],
    })
    await send('crm.timeline.comment.add', {
      fields: {
        ENTITY_ID: id,
        ENTITY_TYPE: ['', 'lead', 'deal', 'contact', 'company', '', '', 'quote'][entityTypeId] ?? 'DYNAMIC_31',
        COMMENT: 'A word',
      },
    })
    await send('crm.stagehistory.list', { entityTypeId, filter: { OWNER_ID: id } })
  }

  // A smart process, its pipeline, its field, and a record in it.
  const { result: made } = (
    await send('crm.type.add', { fields: { title: 'Machines', isCategoriesEnabled: 'Y', isStagesEnabled: 'Y' } })
  ).body
  const { entityTypeId, id: typeId } = made.type
  const { category } = (await send('crm.category.add', { entityTypeId, fields: { name: 'Second', sort: 500 } })).body
    .result
  await send('userfieldconfig.add', {
    moduleId: 'crm',
    field: {
      entityId: `CRM_${typeId}`,
      fieldName: `UF_CRM_${typeId}_SERIAL`,
      userTypeId: 'string',
      editFormLabel: { en: 'Serial' },
    },
  })
  const { result: stages } = (
    await send('crm.status.list', { filter: { ENTITY_ID: `DYNAMIC_${entityTypeId}_STAGE_${category.id}` } })
  ).body
  const machine = (
    await send('crm.item.add', {
      entityTypeId,
      fields: {
        title: 'M1',
        categoryId: category.id,
        [`ufCrm${typeId}Serial`]: 'S-100',
        stageId: stages[1]?.STATUS_ID,
      },
    })
  ).body.result.item
  await send('crm.item.fields', { entityTypeId })
  await send('crm.item.get', { entityTypeId, id: machine.id })
  await send('crm.item.list', {
    entityTypeId,
    filter: { stageId: stages[1]?.STATUS_ID, [`ufCrm${typeId}Serial`]: 'S-100' },
  })
  await send('crm.type.get', { id: typeId })
  await send('crm.category.list', { entityTypeId })

  // Batches: references, a refusal in the midst, and one that halts.
  await send('batch', {
    halt: 0,
    cmd: {
      company: 'crm.company.add?fields[TITLE]=Batch%20%26%20Co&fields[EMAIL][0][VALUE]=batch@example.com',
      deal: 'crm.deal.add?fields[TITLE]=In%20a%20batch&fields[COMPANY_ID]=$result[company]',
      read: 'crm.deal.get?id=$result[deal]',
      wrong: 'crm.deal.get?id=99999999',
      list: 'crm.deal.list?filter[ID]=$result[deal]&select[]=ID&select[]=TITLE',
      rows: 'crm.item.list?entityTypeId=2&filter[id]=$result[deal]',
    },
  })
  await send('batch', { halt: 1, cmd: ['crm.lead.get?id=99999999', 'crm.lead.list'] })
  await send('batch', { cmd: 'nothing' })
  await send('batch', { cmd: {} })

  // REST 3.0.
  await v3('batch', [{ method: 'main.eventlog.list', query: { select: ['id'] } }])
  await v3('main.eventlog.list', { filter: [['id', '>', 0]], select: ['id', 'timestampX'] })
  await v3('humanresources.node.list', { filter: [['name', '=', 'Nobody']] })
  await v3('no.such.method', {})
  await v3('main.eventlog.list', { filter: [['nothing', '=', 1]] })

  // Forms, multipart with a file, addresses, XML.
  const form = (method: string, body: URLSearchParams | FormData): Promise<Response> =>
    fetch(`${hook}${method}`, { method: 'POST', body })
  await form('crm.lead.add.json', new URLSearchParams({ 'fields[TITLE]': 'By form', 'fields[OPENED]': 'Y' }))
  const parts = new FormData()
  parts.set('fields[NAME]', 'With a picture')
  parts.set(
    'fields[PHOTO][fileData]',
    new Blob([Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')]),
    'me.gif',
  )
  await form('crm.contact.add', parts)
  await fetch(`${hook}crm.contact.list.json?filter[NAME]=With%20a%20picture&select[]=ID&select[]=PHOTO`)
  await fetch(`${hook}crm.status.list.xml?filter[ENTITY_ID]=SOURCE`)
  await fetch(`${hook}crm.lead.get.xml?id=99999999`)

  // Refusals.
  await send('no.such.method', {})
  await send('crm.lead.add', {})
  await send('crm.lead.get', { id: 99_999_999 })
  await send('crm.deal.update', { id: 'nine', fields: {} })
  await send('crm.item.get', { entityTypeId: 77_777, id: 1 })
  await send('crm.currency.add', { fields: { CURRENCY: 'EUR' } })
  await fetch(`${hook}crm.lead.list`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"half',
  })
}

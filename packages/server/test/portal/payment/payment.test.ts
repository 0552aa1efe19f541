import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { makingIn } from './making.ts'

const portal = await testPortal({ timezone: 'Europe/Berlin' })
const { deal, invoice, list, must, payment, read, refused } = makingIn(portal)

/** May read and change the deals that are theirs. */
async function withOwnDeals(actions: readonly string[] = ['read', 'update']): Promise<{ id: number; hook: string }> {
  const person = await portal.person()
  const session = portal.portal.store.session()
  await portal.portal.caches.changing(session, ['roles'], async (tx) => {
    const role = 1000 + person.id
    await tx.change(sql`insert into crm_role (id, name) values (${role}, 'Own deals')`)
    // Their role counts instead of everyone's.
    await tx.change(sql`delete from crm_role_access where code = 'AU'`)
    await tx.change(sql`insert into crm_role_access (role_id, code) values (${role}, ${`U${person.id}`})`)
    for (const action of actions)
      await tx.change(
        sql`insert into crm_role_permission (role_id, entity, action, level) values (${role}, 'deal', ${action}, 'own')`,
      )
  })
  await session.settled()
  return person
}

describe('a new payment', () => {
  it('is not paid, has nothing to pay yet, and is in the currency of its item', async () => {
    const id = await payment(await deal())
    expect(await read(id)).toMatchObject({
      id,
      paid: 'N',
      datePaid: null,
      empPaidId: null,
      sum: 0,
      currency: 'EUR',
      paySystemName: 'Cash',
    })
  })

  it('gets the next number of its item, which no later one gets again', async () => {
    const first = await deal()
    const ids = [await payment(first), await payment(first)]
    const [one, two] = (await list(first)).map(({ accountNumber }: { accountNumber: string }) => accountNumber)
    expect(one).toMatch(/^\d+\/1$/)
    expect(two).toBe(one.replace('/1', '/2'))
    await must('crm.item.payment.delete', { id: ids[1] })
    expect((await read(await payment(first))).accountNumber).toBe(one.replace('/1', '/3'))
    expect((await read(await payment(await deal()))).accountNumber).not.toBe(one)
  })

  it('may belong to an invoice', async () => {
    const entityId = await invoice()
    const id = await payment(entityId, 31)
    const rows = await must('crm.item.payment.list', { entityTypeId: 31, entityId })
    expect(rows.map((row: { id: number }) => row.id)).toEqual([id])
  })

  it('is refused for what has no payments, what is not there and what does not exist', async () => {
    const lead = await must('crm.lead.add', { fields: { TITLE: 'A lead' } })
    const add = 'crm.item.payment.add'
    await refused(add, { entityTypeId: 1, entityId: lead }, 'Payment creation is not available for this entity')
    await refused(add, { entityTypeId: 2, entityId: 999_999 }, 'Entity with identifier №999999 does not exist')
    await refused(add, { entityTypeId: 9998, entityId: 1 }, 'Invalid CRM object type')
    expect(await must('crm.item.payment.list', { entityTypeId: 1, entityId: lead })).toEqual([])
    const { status, body } = await portal.call(add, { entityTypeId: 2 })
    expect([status, body.error, body.error_description]).toEqual([
      400,
      '100',
      'Could not find value for parameter {entityId}',
    ])
  })

  it('gets numbers of its own where many are made at once', async () => {
    const entityId = await deal()
    await Promise.all(Array.from({ length: 8 }, () => payment(entityId)))
    const numbers = (await list(entityId)).map(({ accountNumber }: { accountNumber: string }) =>
      Number(accountNumber.split('/')[1]),
    )
    expect(numbers.toSorted((a: number, b: number) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('paying', () => {
  it('tells when and by whom, and takes both back', async () => {
    const id = await payment(await deal())
    portal.clock.at = Date.parse('2024-05-20T10:32:02Z') / 1000
    expect(await must('crm.item.payment.pay', { id })).toBe(true)
    portal.clock.at += 3600
    expect(await must('crm.item.payment.pay', { id })).toBe(true)
    portal.clock.at = undefined
    expect(await read(id)).toMatchObject({ paid: 'Y', datePaid: '2024-05-20T12:32:02+02:00', empPaidId: 1 })
    expect(await must('crm.item.payment.unpay', { id })).toBe(true)
    expect(await read(id)).toMatchObject({ paid: 'N', datePaid: null, empPaidId: null })
  })

  it('is the same by an update', async () => {
    const id = await payment(await deal())
    await must('crm.item.payment.update', { id, fields: { paid: 'Y', sum: 100, accountNumber: 'x' } })
    const paid = await read(id)
    expect(paid).toMatchObject({ paid: 'Y', empPaidId: 1, sum: 0 })
    expect(paid.accountNumber).toMatch(/^\d+\/1$/)
    await must('crm.item.payment.update', { id, fields: { paid: 'N' } })
    expect(await read(id)).toMatchObject({ paid: 'N', datePaid: null })
  })

  it('is in the history of the payment', async () => {
    const id = await payment(await deal())
    await must('crm.item.payment.pay', { id })
    const rows = await portal.portal.store
      .session()
      .find<{ action: string; changes: string | null }>(
        sql`select action, changes from history where entity_type_id = -90 and record_id = ${id} order by id`,
      )
    expect(rows.map(({ action }) => action)).toEqual(['add', 'update'])
    expect(JSON.parse(rows[1]?.changes ?? '{}')).toMatchObject({ paid: ['N', 'Y'], empPaidId: [null, 1] })
  })

  it('may be done by another payment system', async () => {
    const id = await payment(await deal())
    const [transfer] = await portal.portal.store
      .session()
      .find<{ id: number }>(sql`select id from crm_pay_system where name = 'Bank transfer'`)
    await must('crm.item.payment.update', { id, fields: { paySystemId: transfer?.id } })
    expect(await read(id)).toMatchObject({ paySystemId: transfer?.id, paySystemName: 'Bank transfer', paid: 'N' })
  })

  it('refuses values that are none, and changes nothing', async () => {
    const id = await payment(await deal())
    const update = 'crm.item.payment.update'
    await refused(update, { id, fields: { paid: 'perhaps' } }, 'Invalid value in fields: Y or N is expected')
    await refused(update, { id, fields: { paid: 'Y', paySystemId: 999_999 } }, 'Payment system not found')
    expect(await read(id)).toMatchObject({ paid: 'N' })
  })
})

describe('a list of payments', () => {
  it('is filtered and ordered by the fields of its rows, and leaves out other items', async () => {
    const entityId = await deal()
    const ids = [await payment(entityId), await payment(entityId), await payment(entityId)]
    await payment(await deal())
    await must('crm.item.payment.pay', { id: ids[1] })
    const idsOf = async (more: object): Promise<number[]> =>
      (await list(entityId, more)).map(({ id }: { id: number }) => id)
    expect(await idsOf({})).toEqual(ids)
    expect(await idsOf({ filter: { paid: 'Y' } })).toEqual([ids[1]])
    expect(await idsOf({ filter: { '!=paid': 'Y' }, order: { id: 'desc' } })).toEqual([ids[2], ids[0]])
    expect(await idsOf({ filter: { '%accountNumber': '/3' } })).toEqual([ids[2]])
    expect(await idsOf({ filter: { '>=id': ids[1] }, order: { paid: 'asc', id: 'asc' } })).toEqual([ids[2], ids[1]])
    // Who the owner is, no filter changes.
    expect(await idsOf({ filter: { ownerId: 1 } })).toEqual(ids)
  })
})

describe('rights', () => {
  it('are those to the item: others may neither see nor touch its payments', async () => {
    const person = await withOwnDeals()
    const [own, other] = [await deal({ ASSIGNED_BY_ID: person.id }), await deal()]
    const [mine, theirs] = [await payment(own), await payment(other)]
    const as = { as: person.hook }
    expect((await portal.call('crm.item.payment.pay', { id: mine }, as)).body.result).toBe(true)
    expect((await read(mine)).empPaidId).toBe(person.id)
    for (const verb of ['get', 'pay', 'unpay', 'delete'])
      await refused(`crm.item.payment.${verb}`, { id: theirs }, 'Insufficient permissions', person.hook)
    await refused(
      'crm.item.payment.update',
      { id: theirs, fields: { paid: 'Y' } },
      'Insufficient permissions',
      person.hook,
    )
    const owner = { entityTypeId: 2, entityId: other }
    await refused('crm.item.payment.list', owner, 'Insufficient permissions', person.hook)
    await refused('crm.item.payment.add', owner, 'Access denied', person.hook)
    await refused('crm.item.payment.product.list', { paymentId: theirs }, 'Access denied', person.hook)
    await refused('crm.item.payment.get', { id: 999_999 }, 'Insufficient permissions')
    expect(await read(theirs)).toMatchObject({ paid: 'N' })
  })

  it('let who may only read an item list its payments, and no more', async () => {
    const person = await withOwnDeals(['read'])
    const entityId = await deal({ ASSIGNED_BY_ID: person.id })
    const id = await payment(entityId)
    const { body } = await portal.call('crm.item.payment.list', { entityTypeId: 2, entityId }, { as: person.hook })
    expect(body.result.map((row: { id: number }) => row.id)).toEqual([id])
    for (const verb of ['get', 'pay', 'delete'])
      await refused(`crm.item.payment.${verb}`, { id }, 'Insufficient permissions', person.hook)
  })
})

describe('an item', () => {
  it('takes its payments along when it is deleted', async () => {
    const before = await portal.census()
    const entityId = await deal()
    const id = await payment(entityId)
    await payment(entityId)
    await must('crm.deal.delete', { id: entityId })
    const after = await portal.census()
    expect([after.crm_payment, after.crm_order]).toEqual([before.crm_payment, before.crm_order])
    await refused('crm.item.payment.get', { id }, 'Insufficient permissions')
  })

  it('hands its currency to what is not paid yet', async () => {
    const entityId = await deal()
    const [paid, open] = [await payment(entityId), await payment(entityId)]
    await must('crm.item.payment.pay', { id: paid })
    await must('crm.deal.update', { id: entityId, fields: { CURRENCY_ID: 'USD' } })
    expect([(await read(paid)).currency, (await read(open)).currency]).toEqual(['EUR', 'USD'])
  })

  it('that is merged with another hands its payments over, and numbers stay unique', async () => {
    const [into, from] = [await deal(), await deal()]
    const [mine, theirs] = [await payment(into), await payment(from)]
    await must('crm.entity.mergeBatch', { params: { entityTypeId: 2, entityIds: [into, from] } })
    const later = await payment(into)
    const rows: { id: number; accountNumber: string }[] = await list(into)
    expect(rows.map(({ id }) => id)).toEqual([mine, theirs, later])
    expect(new Set(rows.map(({ accountNumber }) => accountNumber)).size).toBe(3)
  })
})

import { describe, expect, it } from 'vitest'
import { type Answer, testPortal } from '../../support/portal.ts'
import { everywhere, rightsIn } from '../rights/tools.ts'

interface Row {
  readonly id: number
  readonly title: string
  readonly stageId: string
  readonly opportunity: number
  readonly comments: string | null
  readonly contactIds: readonly number[]
  readonly photo: { readonly id: number }
  readonly fm: readonly { readonly id: number; readonly value: string }[]
}
interface Conflict {
  readonly fields: Readonly<Record<string, { readonly base: unknown; readonly theirs: unknown }>>
  readonly by: number
  readonly at: string
}

const LEAD = 1
const CONTACT = 3

describe('portico.item.save', async () => {
  const portal = await testPortal()

  const add = async (entityTypeId: number, fields: object): Promise<Row> => {
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields })
    // The answer to an addition shows no search text.
    return read(entityTypeId, body.result.item.id)
  }
  const read = async (entityTypeId: number, id: number): Promise<Row> =>
    (await portal.call('crm.item.get', { entityTypeId, id })).body.result.item
  const save = (entityTypeId: number, id: number, fields: object, base: object, options = {}): Promise<Answer> =>
    portal.call('portico.item.save', { entityTypeId, id, fields, base }, options)
  const conflictOf = ({ body }: Answer): Conflict | undefined => (body as { conflict?: Conflict }).conflict

  it('writes what is still as it was read, and answers with the whole record', async () => {
    const lead = await add(LEAD, { title: 'Order', opportunity: 10 })
    const { status, body } = await save(
      LEAD,
      lead.id,
      { title: 'Larger order', opportunity: 25.5 },
      { title: lead.title, opportunity: lead.opportunity },
    )
    expect(status).toBe(200)
    expect(body.result.item).toMatchObject({ id: lead.id, title: 'Larger order', opportunity: 25.5 })
    expect(await read(LEAD, lead.id)).toMatchObject({ title: 'Larger order', opportunity: 25.5 })
  })

  it('refuses where somebody else has changed the same field, tells what it is now, and changes nothing', async () => {
    const lead = await add(LEAD, { title: 'Order', comments: 'first' })
    const other = await portal.person({ admin: true })
    await portal.call(
      'crm.item.update',
      { entityTypeId: LEAD, id: lead.id, fields: { title: 'Theirs' } },
      { as: other.hook },
    )
    const before = await portal.census()
    const answer = await save(
      LEAD,
      lead.id,
      { title: 'Mine', comments: 'second' },
      { title: lead.title, comments: lead.comments },
    )
    expect([answer.status, answer.body.error]).toEqual([409, 'CONFLICT'])
    expect(conflictOf(answer)).toEqual({
      fields: { title: { base: 'Order', theirs: 'Theirs' } },
      by: other.id,
      at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
    })
    expect(await portal.census()).toEqual(before)
    expect(await read(LEAD, lead.id)).toMatchObject({ title: 'Theirs', comments: 'first' })
  })

  it('lets changes of other fields stand side by side', async () => {
    const lead = await add(LEAD, { title: 'Order', comments: 'first' })
    await portal.call('crm.item.update', { entityTypeId: LEAD, id: lead.id, fields: { title: 'Theirs' } })
    const { status } = await save(LEAD, lead.id, { comments: 'second' }, { comments: lead.comments })
    expect(status).toBe(200)
    expect(await read(LEAD, lead.id)).toMatchObject({ title: 'Theirs', comments: 'second' })
  })

  it('finds no conflict where both have written the same', async () => {
    const lead = await add(LEAD, { title: 'Order' })
    await portal.call('crm.item.update', { entityTypeId: LEAD, id: lead.id, fields: { title: 'Same' } })
    expect((await save(LEAD, lead.id, { title: 'Same' }, { title: 'Order' })).status).toBe(200)
  })

  it('writes in any case what comes without a base', async () => {
    const lead = await add(LEAD, { title: 'Order' })
    await portal.call('crm.item.update', { entityTypeId: LEAD, id: lead.id, fields: { title: 'Theirs' } })
    expect((await save(LEAD, lead.id, { title: 'Mine' }, {})).status).toBe(200)
    expect((await read(LEAD, lead.id)).title).toBe('Mine')
  })

  it('takes an empty value for what it is, however it is written', async () => {
    const lead = await add(LEAD, { title: 'Order' })
    for (const base of [null, ''])
      expect((await save(LEAD, lead.id, { comments: `note ${String(base)}` }, { comments: base })).body.error).toBe(
        base === null ? undefined : 'CONFLICT',
      )
  })

  it('compares lists and links', async () => {
    const [one, two] = [await add(CONTACT, { name: 'One' }), await add(CONTACT, { name: 'Two' })]
    const lead = await add(LEAD, { title: 'Order', contactIds: [one.id] })
    expect(lead.contactIds).toEqual([one.id])
    expect((await save(LEAD, lead.id, { contactIds: [one.id, two.id] }, { contactIds: [one.id] })).status).toBe(200)
    const answer = await save(LEAD, lead.id, { contactIds: [] }, { contactIds: [one.id] })
    expect(answer.status).toBe(409)
    expect(conflictOf(answer)?.fields.contactIds?.theirs).toEqual([one.id, two.id])
  })

  describe('phones and e-mails', () => {
    const phone = (value: string): object => ({ typeId: 'PHONE', valueType: 'WORK', value })
    it('are changed row by row: a number that somebody has added meanwhile stays', async () => {
      const contact = await add(CONTACT, { name: 'Ada', fm: [phone('+4930100')] })
      const [row] = contact.fm
      await portal.call('crm.item.update', {
        entityTypeId: CONTACT,
        id: contact.id,
        fields: { fm: { n0: phone('+4930200') } },
      })
      const { status } = await save(
        CONTACT,
        contact.id,
        { fm: { [String(row?.id)]: phone('+4930101') } },
        { fm: contact.fm },
      )
      expect(status).toBe(200)
      expect((await read(CONTACT, contact.id)).fm.map(({ value }: { value: string }) => value)).toEqual([
        '+4930101',
        '+4930200',
      ])
    })
    it('are refused where the very row has been changed', async () => {
      const contact = await add(CONTACT, { name: 'Ada', fm: [phone('+4930100')] })
      const [row] = contact.fm
      await portal.call('crm.item.update', {
        entityTypeId: CONTACT,
        id: contact.id,
        fields: { fm: { [String(row?.id)]: phone('+4930999') } },
      })
      const answer = await save(
        CONTACT,
        contact.id,
        { fm: { [String(row?.id)]: phone('+4930101') } },
        { fm: contact.fm },
      )
      expect(answer.status).toBe(409)
      expect(conflictOf(answer)?.fields.fm?.theirs).toMatchObject([{ value: '+4930999' }])
    })
  })

  it('compares files by what they are, not by their links, and keeps no bytes of a refused one', async () => {
    const file = (text: string): [string, string] => ['photo.txt', Buffer.from(text).toString('base64')]
    const contact = await add(CONTACT, { name: 'Ada', photo: file('one') })
    expect(
      (
        await save(
          CONTACT,
          contact.id,
          { photo: file('two') },
          { photo: { ...contact.photo, url: 'https://else.where/' } },
        )
      ).status,
    ).toBe(200)
    const answer = await save(CONTACT, contact.id, { photo: file('three') }, { photo: contact.photo })
    expect(answer.status).toBe(409)
    const { photo } = await read(CONTACT, contact.id)
    expect(photo.id).not.toBe(contact.photo.id)
  })

  it('runs the rules of any other change: rights, mandatory fields, events', async () => {
    const lead = await add(LEAD, { title: 'Order' })
    const { nobodyMayAnything, role } = rightsIn(portal)
    const stranger = await portal.person({ admin: false })
    await nobodyMayAnything()
    await role([`U${stranger.id}`], everywhere('lead', 'all', ['read']))
    const before = await portal.census()
    expect((await save(LEAD, lead.id, { title: 'Mine' }, {}, { as: stranger.hook })).body.error).toBe('ACCESS_DENIED')
    expect((await save(LEAD, lead.id, { stageId: 'NOWHERE' }, { stageId: lead.stageId })).body.error).toBe(
      'CRM_FIELD_ERROR_VALUE_NOT_VALID',
    )
    expect((await save(LEAD, 999_999, { title: 'Mine' }, {})).body.error).toBe('NOT_FOUND')
    expect((await portal.call('portico.item.save', { entityTypeId: LEAD, id: lead.id, fields: {} })).body.error).toBe(
      '100',
    )
    expect(await portal.census()).toEqual(before)
  })

  it('lets one of two who save at the same time through', async () => {
    const lead = await add(LEAD, { title: 'Order' })
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((title) => save(LEAD, lead.id, { title }, { title: 'Order' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})

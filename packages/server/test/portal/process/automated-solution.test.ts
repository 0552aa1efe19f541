import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

async function call<T>(method: string, params: object = {}): Promise<T> {
  const { status, body } = await portal.call(`crm.${method}`, params)
  expect([method, status, body.error_description]).toEqual([method, 200, undefined])
  return body.result as T
}
const refusal = async (method: string, params: object, as?: string) => {
  const { status, body } = await portal.call(`crm.${method}`, params, as === undefined ? {} : { as })
  return { status, error: body.error, text: body.error_description }
}

interface Workplace {
  automatedSolution: { id: number; title: string; typeIds: number[] }
}
interface Type {
  type: { id: number; customSectionId: number | null; customSections: unknown[] }
}

const add = async (fields: object) => (await call<Workplace>('automatedsolution.add', { fields })).automatedSolution
const get = async (id: number) => (await call<Workplace>('automatedsolution.get', { id })).automatedSolution
const smartProcess = async (fields: object = {}) =>
  (await call<Type>('type.add', { fields: { title: 'Rooms', ...fields } })).type

describe('workplaces', () => {
  it('take smart processes from where they were, and let go of those that are no longer named', async () => {
    const [first, second] = [await smartProcess(), await smartProcess()]
    const hr = await add({ title: 'HR', typeIds: [first.id, second.id] })
    expect(hr).toEqual({ id: hr.id, title: 'HR', typeIds: [first.id, second.id] })
    const sales = await add({ title: 'Sales', typeIds: [String(second.id)] })
    expect(await get(hr.id)).toEqual({ ...hr, typeIds: [first.id] })
    expect(await get(sales.id)).toMatchObject({ typeIds: [second.id] })
    const renamed = await call<Workplace>('automatedsolution.update', { id: hr.id, fields: { title: 'People' } })
    expect(renamed.automatedSolution).toEqual({ id: hr.id, title: 'People', typeIds: [first.id] })
    await call('automatedsolution.update', { id: hr.id, fields: { typeIds: [] } })
    expect(await get(hr.id)).toEqual({ id: hr.id, title: 'People', typeIds: [] })
    expect((await call<Type>('type.get', { id: first.id })).type.customSectionId).toBeNull()
  })

  it('are told by the smart processes in them', async () => {
    const { id } = await add({ title: 'Warehouse' })
    const made = await smartProcess({ isExternal: 'true', customSectionId: id })
    expect(made.customSectionId).toBe(id)
    expect(made.customSections).toContainEqual({ id, title: 'Warehouse' })
    expect(await get(id)).toMatchObject({ typeIds: [made.id] })
    await call('type.update', { id: made.id, fields: { customSectionId: 0 } })
    expect(await get(id)).toMatchObject({ typeIds: [] })
    expect(await refusal('type.update', { id: made.id, fields: { customSectionId: 999 } })).toMatchObject({
      text: 'Select a workplace where the SPA will be located',
    })
  })

  it('go only when they are empty; a smart process that goes leaves its own', async () => {
    const member = await smartProcess()
    const { id } = await add({ title: 'Short-lived', typeIds: [member.id] })
    expect(await refusal('automatedsolution.delete', { id })).toEqual({
      status: 400,
      error: 'HAS_BOUND_TYPES',
      text: 'Cannot delete the workplace that has SPAs. Move them to another workplace',
    })
    await call('type.delete', { id: member.id })
    expect(await get(id)).toMatchObject({ typeIds: [] })
    expect(await call('automatedsolution.delete', { id })).toBeNull()
    expect(await refusal('automatedsolution.get', { id })).toMatchObject({ error: 'NOT_FOUND' })
    expect(await refusal('automatedsolution.delete', { id })).toMatchObject({ error: 'NOT_FOUND' })
  })

  it('are listed by what is asked of them, page by page', async () => {
    for (let n = 0; n < 51; n++) await add({ title: `Shelf ${String(n).padStart(2, '0')}` })
    const page = async (params: object) => (await portal.call('crm.automatedsolution.list', params)).body
    const first = await page({ filter: { '%title': 'shelf' }, order: { title: 'DESC' } })
    expect([first.total, first.next, first.result.automatedSolutions.length]).toEqual([51, 50, 50])
    expect(first.result.automatedSolutions[0].title).toBe('Shelf 50')
    const last = await page({ filter: { '%title': 'shelf' }, order: { title: 'DESC' }, start: 50 })
    expect(last.result.automatedSolutions.map(({ title }: { title: string }) => title)).toEqual(['Shelf 00'])
    expect(await refusal('automatedsolution.list', { filter: { typeIds: 1 } })).toMatchObject({
      error: 'INVALID_ARG_VALUE',
    })
  })

  it('are for administrators, and refuse what they are not given', async () => {
    const { hook } = await portal.person()
    const before = await portal.census()
    for (const [verb, params] of [
      ['add', { fields: { title: 'x' } }],
      ['update', { id: 1, fields: { title: 'x' } }],
      ['get', { id: 1 }],
      ['list', {}],
      ['delete', { id: 1 }],
      ['fields', {}],
    ] as const)
      expect(await refusal(`automatedsolution.${verb}`, params, hook)).toMatchObject({ error: 'ACCESS_DENIED' })
    expect(await refusal('automatedsolution.add', { fields: { title: ' ' } })).toMatchObject({
      error: 'BX_EMPTY_REQUIRED',
    })
    expect(await refusal('automatedsolution.add', { fields: { title: 'x', typeIds: [999] } })).toMatchObject({
      error: 'INVALID_ARG_VALUE',
      text: "Invalid value for field 'typeIds': there is no smart process 999",
    })
    expect(await portal.census()).toEqual(before)
  })
})

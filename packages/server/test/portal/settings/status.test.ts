import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const other = await portal.person()

const refused = (text: string, code = '') => ({ status: 400, body: { error: code, error_description: text } })

interface Row {
  readonly ID: string
  readonly STATUS_ID: string
  readonly [key: string]: unknown
}

const add = (fields: Record<string, unknown>) => portal.call('crm.status.add', { fields })
async function directory(ENTITY_ID: string): Promise<Row[]> {
  const { body } = await portal.call('crm.status.list', { filter: { ENTITY_ID }, order: { SORT: 'ASC' } })
  return body.result
}
async function entry(directoryId: string, statusId: string): Promise<Row> {
  const found = (await directory(directoryId)).find((row) => row.STATUS_ID === statusId)
  if (found === undefined) throw new Error(`no ${statusId} in ${directoryId}`)
  return found
}

describe('crm.status.list', () => {
  it("answers the deals' eight stages as documented, without pages", async () => {
    const { body } = await portal.call('crm.status.list', {
      filter: { ENTITY_ID: 'DEAL_STAGE' },
      order: { SORT: 'ASC' },
    })
    expect(body.total).toBe(8)
    expect(body.next).toBeUndefined()
    const rows = body.result as (Row & { EXTRA: { SEMANTICS: string } })[]
    expect(rows.map((row) => row.EXTRA.SEMANTICS)).toEqual([
      'process',
      'process',
      'process',
      'process',
      'process',
      'success',
      'failure',
      'apology',
    ])
    expect(JSON.stringify(rows[5])).toBe(
      JSON.stringify({
        ID: rows[5]?.ID,
        ENTITY_ID: 'DEAL_STAGE',
        STATUS_ID: 'WON',
        NAME: 'Deal successful',
        NAME_INIT: 'Deal successful',
        SORT: '60',
        SYSTEM: 'Y',
        CATEGORY_ID: null,
        COLOR: '#7BD500',
        SEMANTICS: 'S',
        EXTRA: { SEMANTICS: 'success', COLOR: '#7BD500' },
      }),
    )
    expect(rows[5]?.ID).toMatch(/^\d+$/)
    expect(rows[1]).toMatchObject({ STATUS_ID: 'PREPARATION', NAME_INIT: '', SYSTEM: 'N', SEMANTICS: null })
  })

  it('finds by any field and sorts by several; plain directories have no EXTRA', async () => {
    const { body } = await portal.call('crm.status.list', {
      filter: { ENTITY_ID: ['SOURCE', 'DEAL_TYPE'], SYSTEM: 'N' },
      order: { ENTITY_ID: 'DESC', SORT: 'DESC' },
    })
    const rows = body.result as Row[]
    expect(rows[0]).toMatchObject({ ENTITY_ID: 'SOURCE', STATUS_ID: 'OTHER', SYSTEM: 'N' })
    expect(rows.at(-1)).toMatchObject({ ENTITY_ID: 'DEAL_TYPE', STATUS_ID: 'SALE' })
    expect(rows.every((row) => row.EXTRA === undefined && row.SYSTEM === 'N')).toBe(true)
    const named = await portal.call('crm.status.list', { filter: { NAME: 'Won' } })
    expect(named.body).toMatchObject({ result: [], total: 0 })
  })

  it('refuses parameters that are no maps', async () => {
    for (const parameters of [{ filter: 'DEAL_STAGE' }, { order: 'SORT' }])
      expect(await portal.call('crm.status.list', parameters)).toMatchObject(refused('Invalid parameters.'))
  })
})

describe('crm.status.add', () => {
  it('adds a source that records may have at once, also within one batch', async () => {
    const { body } = await portal.call('batch', {
      cmd: {
        early: 'crm.item.add?entityTypeId=1&fields[sourceId]=FAIR',
        source: 'crm.status.add?fields[ENTITY_ID]=SOURCE&fields[STATUS_ID]=FAIR&fields[NAME]=Trade%20fair',
        row: 'crm.status.get?id=$result[source]',
        lead: 'crm.item.add?entityTypeId=1&fields[sourceId]=$result[row][STATUS_ID]',
      },
    })
    expect(body.result.result_error).toEqual({
      early: expect.objectContaining({ error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' }),
    })
    expect(body.result.result.source).toBeTypeOf('number')
    expect(body.result.result.row).toEqual({
      ID: String(body.result.result.source),
      ENTITY_ID: 'SOURCE',
      STATUS_ID: 'FAIR',
      NAME: 'Trade fair',
      NAME_INIT: '',
      SORT: '10',
      SYSTEM: 'N',
      CATEGORY_ID: null,
      COLOR: '',
      SEMANTICS: null,
    })
    expect(body.result.result.lead.item.sourceId).toBe('FAIR')
  })

  it('adds a stage in which leads may stand', async () => {
    const before = await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'CALLED' } })
    expect(before.body.error).toBeDefined()
    await add({ ENTITY_ID: 'STATUS', STATUS_ID: 'CALLED', NAME: 'Called', SORT: 35, COLOR: '39A8EF', SEMANTICS: '' })
    const lead = await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'CALLED' } })
    expect(lead.body.result.item.stageId).toBe('CALLED')
    expect(await entry('STATUS', 'CALLED')).toMatchObject({
      COLOR: '#39A8EF',
      EXTRA: { SEMANTICS: 'process', COLOR: '#39A8EF' },
    })
    await add({ ENTITY_ID: 'STATUS', STATUS_ID: 'SPAM', NAME: 'Spam', SORT: 70, SEMANTICS: 'F' })
    expect(await entry('STATUS', 'SPAM')).toMatchObject({ SEMANTICS: 'F', EXTRA: { SEMANTICS: 'apology' } })
    const spam = await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'SPAM' } })
    expect(spam.body.result.item.stageSemanticId).toBe('F')
  })

  it.each([
    [{ NAME: 'x' }, 'The field ENTITY_ID is required., The field STATUS_ID is required.'],
    [{ ENTITY_ID: 'SOURCE', NAME: 'x' }, 'The field STATUS_ID is required.'],
    [{ STATUS_ID: 'X', NAME: 'x' }, 'The field ENTITY_ID is required.'],
    [{ ENTITY_ID: 'DEAL_STAGE_999', STATUS_ID: 'X', NAME: 'x' }, 'Specified entity type is not supported.'],
    [{ ENTITY_ID: 'NO_SUCH', STATUS_ID: 'X', NAME: 'x' }, 'Specified entity type is not supported.'],
    [{ ENTITY_ID: 'SOURCE', STATUS_ID: 'X' }, 'The field Title is required.'],
    [{ ENTITY_ID: 'STATUS', STATUS_ID: 'A'.repeat(22), NAME: 'x' }, 'Error on creating status.'],
    [{ ENTITY_ID: 'STATUS', STATUS_ID: 'ÄRGER', NAME: 'x' }, 'Error on creating status.'],
    [{ ENTITY_ID: 'SOURCE', STATUS_ID: 'A'.repeat(51), NAME: 'x' }, 'Error on creating status.'],
    [{ ENTITY_ID: 'SOURCE', STATUS_ID: 'X', NAME: 'x', SORT: 'last' }, 'Error on creating status.'],
    [
      { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'LATE', NAME: 'x', SORT: 61 },
      'Cannot create more stages after the final stage because the final successful stage already exists. Try using sort order values less than that of the final stage.',
    ],
  ])('refuses %j', async (fields, text) => {
    const before = await portal.census()
    expect(await add(fields)).toMatchObject(refused(text))
    expect(await portal.census()).toEqual(before)
  })

  it('refuses a code that is taken, and fields that are no map', async () => {
    expect(await add({ ENTITY_ID: 'SOURCE', STATUS_ID: 'CALL', NAME: 'x' })).toMatchObject(
      refused('The specified status ID already exists.', 'ERROR_CORE'),
    )
    expect(await portal.call('crm.status.add', { fields: 'x' })).toMatchObject(
      refused("Parameter 'fields' must be array."),
    )
    expect(await portal.call('crm.status.add', {})).toMatchObject(refused("Parameter 'fields' must be array."))
  })

  it('takes a further failure after success, and any code elsewhere', async () => {
    expect(
      (await add({ ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'LATE', NAME: 'x', SORT: 90, SEMANTICS: 'F' })).status,
    ).toBe(200)
    expect((await add({ ENTITY_ID: 'INDUSTRY', STATUS_ID: 'Bücher & Co', NAME: 'Books' })).status).toBe(200)
    expect(await entry('INDUSTRY', 'Bücher & Co')).toMatchObject({ NAME: 'Books' })
  })
})

describe('crm.status.update', () => {
  it('changes name, place and colour and nothing else', async () => {
    const before = await entry('STATUS', 'IN_PROCESS')
    const fields = {
      NAME: 'Doing',
      SORT: '25',
      COLOR: '#00A9F4',
      STATUS_ID: 'X',
      ENTITY_ID: 'SOURCE',
      SEMANTICS: 'S',
      SYSTEM: 'Y',
    }
    expect((await portal.call('crm.status.update', { id: before.ID, fields })).body.result).toBe(true)
    expect(await entry('STATUS', 'IN_PROCESS')).toEqual({
      ...before,
      NAME: 'Doing',
      SORT: '25',
      COLOR: '#00A9F4',
      EXTRA: { SEMANTICS: 'process', COLOR: '#00A9F4' },
    })
    await portal.call('crm.status.update', { id: before.ID, fields: { NAME: 'Done' } })
    expect(await entry('STATUS', 'IN_PROCESS')).toMatchObject({ NAME: 'Done', SORT: '25', COLOR: '#00A9F4' })
  })

  it('refuses a wrong id, an unknown one and a place that is no number', async () => {
    const fields = { NAME: 'x' }
    expect(await portal.call('crm.status.update', { id: 'x', fields })).toMatchObject(refused('Invalid identifier.'))
    expect(await portal.call('crm.status.update', { fields })).toMatchObject(refused('Invalid identifier.'))
    expect(await portal.call('crm.status.update', { id: 99999, fields })).toMatchObject(refused('Status is not found.'))
    const { ID: id } = await entry('SOURCE', 'CALL')
    expect(await portal.call('crm.status.update', { id, fields: { SORT: 'x' } })).toMatchObject(
      refused('Error on updating status.'),
    )
  })
})

describe('crm.status.delete', () => {
  it('deletes what is not in use', async () => {
    const id = (await add({ ENTITY_ID: 'STATUS', STATUS_ID: 'BRIEF', NAME: 'Brief', SORT: 36 })).body.result
    expect((await portal.call('crm.status.delete', { id })).body.result).toBe(true)
    expect(await portal.call('crm.status.get', { id })).toMatchObject(refused('Status is not found.'))
    const lead = await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'BRIEF' } })
    expect(lead.status).toBe(400)
  })

  it('keeps stages and sources that records have', async () => {
    await portal.call('crm.item.add', { entityTypeId: 1, fields: { stageId: 'PROCESSED', sourceId: 'PARTNER' } })
    for (const [directoryId, statusId] of [
      ['STATUS', 'PROCESSED'],
      ['SOURCE', 'PARTNER'],
    ] as const) {
      const { ID: id } = await entry(directoryId, statusId)
      expect(await portal.call('crm.status.delete', { id, params: { FORCED: 'Y' } })).toMatchObject(
        refused('There are active items in this status.'),
      )
    }
  })

  it('deletes system entries only when forced', async () => {
    const { ID: id } = await entry('SOURCE', 'CALLBACK')
    expect(await portal.call('crm.status.delete', { id })).toMatchObject(
      refused('CRM System Status can be deleted only if parameter FORCED is specified and equal to "Y".'),
    )
    expect((await portal.call('crm.status.delete', { id, params: { FORCED: 'Y' } })).body.result).toBe(true)
  })

  it('leaves a pipeline its last stage', async () => {
    const stages = await directory('QUOTE_STATUS')
    for (const { ID: id } of stages.slice(1))
      expect((await portal.call('crm.status.delete', { id, params: { FORCED: 'Y' } })).body.result).toBe(true)
    expect(await portal.call('crm.status.delete', { id: stages[0]?.ID, params: { FORCED: 'Y' } })).toMatchObject(
      refused('Error on deleting status.'),
    )
  })

  it('refuses a wrong id and an unknown one', async () => {
    expect(await portal.call('crm.status.delete', { id: 0 })).toMatchObject(refused('Invalid identifier.'))
    expect(await portal.call('crm.status.delete', { id: 99999 })).toMatchObject(refused('Status is not found.'))
  })
})

describe('crm.status.entity.*', () => {
  it('lists the entries of a directory in their order, without a total', async () => {
    const { body } = await portal.call('crm.status.entity.items', { entityId: 'CALL_LIST' })
    expect(JSON.stringify(body.result)).toBe(
      JSON.stringify([
        { NAME: 'In Progress', SORT: 10, STATUS_ID: 'IN_WORK' },
        { NAME: 'Successful', SORT: 20, STATUS_ID: 'SUCCESS' },
        { NAME: 'Wrong Number', SORT: 30, STATUS_ID: 'WRONG_NUMBER' },
        { NAME: 'Do Not Call Again', SORT: 40, STATUS_ID: 'STOP_CALLING' },
      ]),
    )
    expect(body.total).toBeUndefined()
    for (const entityId of ['NO_SUCH', '', undefined])
      expect(await portal.call('crm.status.entity.items', { entityId })).toMatchObject(
        refused('The parameter entityId is not defined or invalid.'),
      )
  })

  it('names all directories of a new portal in the documented order', async () => {
    const { body } = await portal.call('crm.status.entity.types', {}, { as: other.hook })
    const rows = body.result as Record<string, unknown>[]
    expect(rows.map((row) => String(row.ID).replace(/\d+$/, 'n'))).toEqual([
      'STATUS',
      'SOURCE',
      'CONTACT_TYPE',
      'COMPANY_TYPE',
      'EMPLOYEES',
      'INDUSTRY',
      'DEAL_TYPE',
      'SMART_INVOICE_STAGE_n',
      'DEAL_STAGE',
      'QUOTE_STATUS',
      'HONORIFIC',
      'CALL_LIST',
    ])
    expect(body.total).toBeUndefined()
    expect(rows[0]).toEqual({
      ID: 'STATUS',
      NAME: 'Lead stages',
      SEMANTIC_INFO: {
        START_FIELD: 'NEW',
        FINAL_SUCCESS_FIELD: 'CONVERTED',
        FINAL_UNSUCCESS_FIELD: 'JUNK',
        FINAL_SORT: 0,
      },
      ENTITY_TYPE_ID: 1,
    })
    expect(rows[1]).toEqual({ ID: 'SOURCE', NAME: 'Sources' })
    expect(rows[7]).toEqual({
      ID: rows[7]?.ID,
      NAME: 'Invoice stages',
      SEMANTIC_INFO: [],
      PREFIX: `DT31_${String(rows[7]?.CATEGORY_ID)}`,
      FIELD_ATTRIBUTE_SCOPE: `category_${String(rows[7]?.CATEGORY_ID)}`,
      ENTITY_TYPE_ID: 31,
      IS_ENABLED: true,
      CATEGORY_ID: rows[7]?.CATEGORY_ID,
    })
    expect(JSON.stringify(rows[8])).toBe(
      JSON.stringify({
        ID: 'DEAL_STAGE',
        NAME: 'General deal stages',
        SEMANTIC_INFO: { START_FIELD: 'NEW', FINAL_SUCCESS_FIELD: 'WON', FINAL_UNSUCCESS_FIELD: 'LOSE', FINAL_SORT: 0 },
        FIELD_ATTRIBUTE_SCOPE: '',
        ENTITY_TYPE_ID: 2,
        CATEGORY_ID: 0,
      }),
    )
  })
})

it('describes its fields', async () => {
  const { body } = await portal.call('crm.status.fields')
  const described = Object.entries(body.result as Record<string, Record<string, unknown>>)
  expect(
    described.map(([name, field]) =>
      [
        name,
        field.type,
        field.isRequired && 'required',
        field.isReadOnly && 'read-only',
        field.isImmutable && 'immutable',
      ]
        .filter(Boolean)
        .join(' '),
    ),
  ).toEqual([
    'ID integer read-only',
    'ENTITY_ID string required immutable',
    'STATUS_ID string required immutable',
    'SORT integer',
    'NAME string required',
    'NAME_INIT string read-only',
    'SYSTEM char read-only',
    'CATEGORY_ID integer immutable',
    'COLOR string',
    'SEMANTICS char immutable',
    'EXTRA crm_status_extra',
  ])
  expect(body.result.NAME_INIT.title).toBe('Default Name')
})

it('lets anyone read and only administrators write', async () => {
  const as = other.hook
  const { ID: id } = await entry('SOURCE', 'CALL')
  for (const [method, parameters] of [
    ['crm.status.get', { id }],
    ['crm.status.list', {}],
    ['crm.status.entity.items', { entityId: 'SOURCE' }],
    ['crm.status.fields', {}],
  ] as const)
    expect([method, (await portal.call(method, parameters, { as })).status]).toEqual([method, 200])
  const before = await portal.census()
  for (const [method, parameters] of [
    ['crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'SECRET', NAME: 'x' } }],
    ['crm.status.update', { id, fields: { NAME: 'x' } }],
    ['crm.status.delete', { id, params: { FORCED: 'Y' } }],
  ] as const)
    expect([method, await portal.call(method, parameters, { as })]).toMatchObject([method, refused('Access denied.')])
  expect(await portal.census()).toEqual(before)
  expect(await entry('SOURCE', 'CALL')).toMatchObject({ NAME: 'Call' })
})

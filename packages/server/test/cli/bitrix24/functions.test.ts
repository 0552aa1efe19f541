import { describe, expect, it } from 'vitest'
import type { FunctionOption, PortalFunction, RestFunction } from '../../../src/cli/bitrix24/function.ts'
import { findFunction, functionNames, functions, regions } from '../../../src/cli/bitrix24/functions/index.ts'
import * as kinds from '../../../src/cli/bitrix24/kinds.ts'
import { methods } from '../../../src/modules/index.ts'
import { commandLine } from '../../support/command-line.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { recordingPortal } from './recorder.ts'

const { inProcess } = commandLine()
const portal = await testPortal()
const recorder = await recordingPortal(portal)
const hook = `http://${recorder.host}/rest/1/${portal.code}/`

const known = new Set(methods.map(({ name }) => name.toLowerCase()))
const rest = functions.filter((each): each is RestFunction => 'method' in each)
const isThere = ({ method }: RestFunction): boolean => known.has(method.toLowerCase())

/** Something that an option takes. */
function sample(name: string, { kind }: FunctionOption): string {
  if (name === 'url') return hook
  if (kind === kinds.map || kind === kinds.calendarFilter) return '{"from":"2024-01-01","NAME":"x"}'
  if (kind === kinds.list) return '[1]'
  if (kind === kinds.files) return '{"a.txt":"aGVsbG8="}'
  if (kind === kinds.bytes || kind === kinds.base64) return 'aGVsbG8='
  if (kind === kinds.day || kind === kinds.moment || kind === kinds.utcMoment) return '2024-01-31'
  if (kind.placeholder === kinds.truth.placeholder) return 'true'
  return '999999'
}

const lineOf = ({ name, options }: PortalFunction): string[] => [
  'bitrix24',
  name,
  ...Object.entries(options).flatMap(([option, given]) =>
    option === 'token' ? [] : [`--${option}`, sample(option, given)],
  ),
]

describe('the table of functions', () => {
  it('has all 179, each once, in any case and by its former name', () => {
    expect(functions).toHaveLength(179)
    expect(new Set(functionNames().map((name) => name.toLowerCase())).size).toBe(179)
    for (const name of functionNames()) {
      expect(findFunction(name)?.name).toBe(name)
      expect(findFunction(name.toUpperCase())?.name).toBe(name)
    }
    expect(findFunction('GetAppSotrage')?.name).toBe('GetAppStorage')
    expect(findFunction('MakeCopyFile')?.name).toBe('MakeFileCopy')
    expect(findFunction('CreateContact')).toBeUndefined()
  })

  it('says of each what it does, and of each option what it is, in one line', () => {
    for (const { functions: each } of regions)
      for (const { about, options } of each)
        for (const line of [about, ...Object.values(options).map((option) => option.about)]) {
          expect(line).toMatch(/^\S.{2,90}\S$/)
          expect(line).not.toMatch(/\.$/)
        }
  })

  it('asks with GET for seven methods only', () => {
    expect(
      rest
        .filter(({ http }) => http === 'GET')
        .map(({ method }) => method)
        .sort(),
    ).toEqual([
      'calendar.settings.get',
      'calendar.user.settings.get',
      'crm.deal.fields',
      'crm.lead.fields',
      'disk.folder.uploadFile',
      'server.time',
      'tasks.task.getFields',
    ])
  })

  it('names no option in a body that the function has not got, and leaves none unused', () => {
    // What the functions themselves read, or pass over.
    const byCode = new Set(['title', 'file', 'before', 'after', 'empty', 'map', 'server'])
    const used = (body: object): string[] =>
      Object.values(body).flatMap((source: unknown) =>
        typeof source === 'string' ? [source] : typeof source === 'object' && source !== null ? used(source) : [],
      )
    for (const each of functions) {
      if ('run' in each) continue
      const named = used('grant' in each ? each.grant : each.body)
      const own = Object.keys(each.options).filter((name) => 'grant' in each || (name !== 'url' && name !== 'token'))
      expect({ name: each.name, unknown: named.filter((name) => !own.includes(name)) }).toEqual({
        name: each.name,
        unknown: [],
      })
      const unused = own.filter((name) => !named.includes(name) && !byCode.has(name))
      expect({ name: each.name, unused }).toEqual({ name: each.name, unused: [] })
    }
  })
})

describe('every function against a portal', () => {
  it.each(rest.filter(isThere))('$name is answered: $method is there', async (called) => {
    const ended = await inProcess([...lineOf(called), '--timeout', '20'])
    expect(ended).toMatchObject({ code: 0, err: '' })
    const answer = JSON.parse(ended.out) as Record<string, unknown>
    expect(answer.error).not.toBe('ERROR_METHOD_NOT_FOUND')
    expect(Object.hasOwn(answer, 'result') || Object.hasOwn(answer, 'error')).toBe(true)
  })

  it.each(rest.filter((each) => !isThere(each)))('$name is refused: $method is not there yet', async (called) => {
    const ended = await inProcess([...lineOf(called), '--fail'])
    expect(ended.code).toBe(1)
    expect(JSON.parse(ended.out)).toMatchObject({ error: 'ERROR_METHOD_NOT_FOUND' })
    expect(ended.err).toContain('ERROR_METHOD_NOT_FOUND')
  })

  it('counts those that are there', () => {
    expect(rest.filter(isThere).map(({ name }) => name)).toEqual([
      'ServerTime',
      ...['Create', 'Update', 'Delete', 'Get'].map((verb) => `${verb}Lead`),
      'GetLeadsList',
      'GetLeadStructure',
      ...['Create', 'Update', 'Delete', 'Get'].map((verb) => `${verb}Deal`),
      'GetDealsList',
      'GetDealStructure',
      'GetCurrentUser',
      'GetUser',
      'CreateUser',
      'UpdateUser',
      'ChangeUserStatus',
      'FindUsers',
      'GetUserFieldsStructure',
      'CreateDepartment',
      'UpdateDepartment',
      'GetDepartments',
      'DeleteDepartment',
    ])
  })

  it.each(functions.filter((each) => 'run' in each))('$name works without one', async (called) => {
    const line = lineOf(called).map((word) => (word === 'true' ? 'false' : word))
    const ended = await inProcess(line, { fetch: () => Promise.reject(new Error('nothing may be sent')) })
    expect(ended).toMatchObject({ code: 0, err: '' })
    if (called.name === 'GetAppAuthLink') return expect(ended.out).toMatch(/^https:\S+client_id=999999\n$/)
    expect(Object.keys(JSON.parse(ended.out) as object).length).toBeGreaterThan(0)
  })
})

describe('people and departments', () => {
  it('are made, found, changed and dismissed', async () => {
    const call = async (name: string, ...options: string[]) => {
      const ended = await inProcess(['bitrix24', name, '--url', hook, '--fail', ...options])
      expect(ended).toMatchObject({ code: 0, err: '' })
      return (JSON.parse(ended.out) as { result: never }).result as unknown
    }
    const department = await call('CreateDepartment', '--title', 'Night shift', '--parentid', '1', '--headid', '1')
    expect(department).toEqual(expect.any(Number))
    expect(await call('UpdateDepartment', '--depid', `${department as number}`, '--title', 'Day shift')).toBe(true)
    expect(await call('GetDepartments', '--title', 'Day shift')).toMatchObject([
      { ID: String(department), PARENT: '1', UF_HEAD: '1' },
    ])
    const fields = { EMAIL: 'night@example.com', NAME: 'Nora', UF_DEPARTMENT: [department] }
    const user = (await call('CreateUser', '--fields', JSON.stringify(fields))) as number
    expect(user).toBeGreaterThan(1)
    expect(await call('UpdateUser', '--userid', `${user}`, '--fields', "{'WORK_POSITION':'Guard'}")).toBe(true)
    expect(await call('FindUsers', '--filter', '{"NAME":"Nora"}')).toMatchObject([{ ID: String(user), ACTIVE: true }])
    expect(await call('ChangeUserStatus', '--userid', `${user}`)).toBe(true)
    expect(await call('GetUser', '--userid', `${user}`)).toMatchObject([{ WORK_POSITION: 'Guard', ACTIVE: false }])
    expect(await call('ChangeUserStatus', '--userid', `${user}`, '--fire', 'false')).toBe(true)
    expect(await call('GetUser', '--userid', `${user}`)).toMatchObject([{ ACTIVE: true }])
    expect(await call('UpdateUser', '--userid', `${user}`, '--fields', '{"UF_DEPARTMENT":[1]}')).toBe(true)
    expect(await call('DeleteDepartment', '--depid', `${department as number}`)).toBe(true)
    expect(
      await call('GetCurrentUser', '--url', recorder.host, '--token', await accessToken(portal, { scope: 'user' })),
    ).toMatchObject({ ID: '1' })
    expect(await call('GetUserFieldsStructure')).toHaveProperty('ID')
    expect(Date.parse((await call('ServerTime')) as string)).toBeGreaterThan(0)
  })
})

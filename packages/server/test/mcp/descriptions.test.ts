import { describe, expect, it } from 'vitest'
import { aboutOf } from '../../src/methods/about.ts'
import { documentedNames } from '../../src/methods/documentation.ts'
import { describeMethod } from '../../src/methods/method-description.ts'
import { isReading } from '../../src/methods/method-rights.ts'
import { Registry } from '../../src/methods/registry.ts'
import { documentedMethods } from '../../src/modules/documented-methods.ts'
import { methods, modules } from '../../src/modules/index.ts'
import { testPortal } from '../support/portal.ts'

const registry = new Registry(methods)
const entities = modules.flatMap((module) => module.entities ?? [])
const names = [...new Set([...methods.map(({ name }) => name), ...documentedNames().map(({ method }) => method)])]
const described = (name: string) => {
  const method = registry.find(name) ?? registry.find(name, 3)
  if (method === undefined) throw new Error(`there is no ${name}`)
  return describeMethod(method, entities)
}

describe('what methods are about', () => {
  it('is one plain sentence, of every method that there is or that is documented', () => {
    const silly = names.filter((name) => {
      const about = aboutOf(name)
      const isSentence = /^[A-Z][^.!?]*(`[^`]*`[^.!?]*)*((REST 3\.0)[^.!?]*)?[.]$/.test(about)
      const isClean = !/undefined|NaN|\[object|\$\{|\||  | a [aeio][a-z]+ |\ban (?![aeiouh])/i.test(about)
      return !isSentence || !isClean || about.length > 160
    })
    expect(silly.map((name) => `${name}: ${aboutOf(name)}`)).toEqual([])
  })

  it('says the same of no two methods, unless they do the same', () => {
    const byText = new Map<string, string[]>()
    for (const name of names) byText.set(aboutOf(name), [...(byText.get(aboutOf(name)) ?? []), name])
    const shared = [...byText.values()].filter((each) => each.length > 1).map((each) => each.sort().join(' '))
    expect(shared.sort()).toMatchInlineSnapshot(`
      [
        "catalog.measure.add crm.measure.add",
        "catalog.measure.delete crm.measure.delete",
        "catalog.measure.get crm.measure.get",
        "catalog.measure.getFields crm.measure.fields",
        "catalog.measure.list crm.measure.list",
        "catalog.measure.update crm.measure.update",
        "crm.userfield.types userfieldconfig.getTypes",
        "documentation rest.documentation.openapi",
      ]
    `)
  })

  it('tells of filters and pages exactly where a list has them', () => {
    const lists = registry.all.filter(({ name, params }) => name.endsWith('.list') && Object.keys(params).length > 0)
    const wrong = lists.filter(({ name, params }) => {
      const keys = Object.keys(params).map((key) => key.toLowerCase())
      const about = aboutOf(name)
      if (!/match|by a filter|a page/.test(about)) return keys.includes('filter') || keys.includes('start')
      return (
        /match|by a filter/.test(about) !== keys.includes('filter') || /a page/.test(about) !== keys.includes('start')
      )
    })
    expect(wrong.map(({ name }) => `${name}: ${aboutOf(name)}`)).toEqual([])
  })
})

describe('descriptions of methods', () => {
  it('tell parameters, result, example, rights, conformance and page', () => {
    const { params, ...rest } = described('crm.lead.add')
    expect(params.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['fields', 'object', true],
      ['params', 'object', false],
    ])
    expect(params[0]?.about).toContain('crm.lead.fields')
    expect(rest).toMatchObject({
      name: 'crm.lead.add',
      version: 2,
      about: 'Adds a lead.',
      reads: false,
      scopes: ['crm'],
      result: { type: 'integer' },
      rights: "The right to add such records, by the caller's roles",
      conformance: { status: 'whole' },
      page: 'api-reference/crm/leads/crm-lead-add.md',
      deprecated: { replacement: 'crm.item.add' },
    })
    expect(rest.example?.params).toMatchObject({ fields: { TITLE: 'IP Titov' } })
    expect(rest.example?.result).toBe(3465)
  })

  it('know the parameters of methods that read them one by one', () => {
    expect(described('department.add').params).toMatchObject([
      { name: 'NAME', type: 'string', required: true },
      { name: 'SORT', type: 'integer', required: false },
      { name: 'PARENT', type: 'integer', required: true },
      { name: 'UF_HEAD', type: 'integer', required: false },
    ])
  })

  it('know methods of REST 3.0 by their own parameters', () => {
    const { version, params } = described('humanresources.node.list')
    expect(version).toBe(3)
    expect(params.find(({ name }) => name === 'filter')).toMatchObject({ type: 'array', required: false })
  })

  it('list every method once, the missing and the extensions too', () => {
    const all = documentedMethods()
    const keys = all.map(({ version, name }) => `${version} ${name}`)
    expect(new Set(keys).size).toBe(keys.length)
    const status = (name: string) => all.find((each) => each.name === name)?.conformance
    expect(status('disk.file.get')).toEqual({ status: 'missing' })
    expect(status('portico.role.list')).toEqual({ status: 'extension' })
    expect(status('crm.deal.list')).toEqual({ status: 'whole' })
    expect(status('user.get')).toMatchObject({ status: 'partial', note: expect.stringMatching(/\w/) })
    for (const { method } of documentedNames()) expect(status(method)).toBeDefined()
  })

  it('show no placeholder of the documentation in an example', () => {
    const shown = documentedMethods().filter(({ example }) =>
      /\*\*put_|\$\(date/.test(JSON.stringify(example?.params ?? {})),
    )
    expect(shown.map(({ name }) => name)).toEqual([])
  })
})

describe('reading methods', () => {
  it('change nothing, whatever is asked of them', async () => {
    const portal = await testPortal()
    await portal.call('crm.lead.add', { fields: { TITLE: 'One' } })
    await portal.call('user.current')
    const before = await portal.census()
    const all = registry.all.filter(({ name }) => isReading(name))
    expect(all.length).toBeGreaterThan(250)
    for (const { name } of all) {
      const { example } = described(name)
      await portal.call(name, { id: 1, ...example?.params })
      await portal.call(name, { entityTypeId: 1, id: 1, ownerTypeId: 1, ownerId: 1 })
    }
    expect(await portal.census()).toEqual(before)
  })

  it('are none of those that a name does not tell', () => {
    const unknown = ['crm.lead.add', 'batch', 'event.offline.get', 'crm.invoice.getexternallink', 'some.new.thing']
    expect(unknown.filter(isReading)).toEqual([])
  })
})

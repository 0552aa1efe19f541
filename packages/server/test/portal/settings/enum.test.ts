import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const nobody = await portal.person({ scope: 'crm' })

interface Vector {
  readonly method: string
  readonly response: { readonly result: unknown }
}

const documented = ['crm.enum', 'crm.multifield', 'crm.settings'].flatMap(
  (name) =>
    JSON.parse(
      readFileSync(new URL(`../../../../../catalogue/vectors/${name}.json`, import.meta.url), 'utf8'),
    ) as Vector[],
)

it.each(documented.map(({ method, response }) => [method, response.result] as const))(
  '%s answers what is documented',
  async (method, expected) => {
    const { body } = await portal.call(method, {}, { as: nobody.hook })
    // Of owner types, the documented portal shows two smart processes of its own.
    const own = method === 'crm.enum.ownertype' ? (expected as unknown[]).slice(0, -2) : expected
    expect(JSON.stringify(body.result)).toBe(JSON.stringify(own))
    expect(body.total).toBeUndefined()
  },
)

it('covers the thirteen methods', () => {
  expect(documented).toHaveLength(13)
})

import { Secret, TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { database, testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'

const portal = await testPortal()

/** Every text of every table. */
async function everyText(): Promise<string> {
  const session = portal.portal.store.session()
  const tables = await session.find<{ name: string }>(
    database === 'sqlite'
      ? sql`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`
      : sql`select table_name as name from information_schema.tables where table_schema = current_schema()`,
  )
  const rows = await Promise.all(tables.map(({ name }) => session.find(sql`select * from ${sql.table(name)}`)))
  return JSON.stringify(rows)
}

it('no secret of a sign-in is stored in clear, nor logged', async () => {
  const { id } = await portal.person()
  const email = await withPassword(portal, id, 'a quiet harbour')
  const visitor = new Visitor(portal)
  const secrets: string[] = ['a quiet harbour', 'a louder harbour', 'typed into the wrong field']
  await visitor.signIn('typed into the wrong field', 'x')
  await visitor.signIn(email, 'a quiet harbour')
  secrets.push(visitor.cookies.get('portico') ?? '', await visitor.csrf())
  await visitor.submit('/account/factor/begin', { current: 'a quiet harbour' })
  const page = (await visitor.get('/account/factor')).text
  const secret = (/class="secret mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '')
  secrets.push(secret)
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  const codes = (await visitor.submit('/account/factor', { code })).text.match(/[a-z0-9]{4}(-[a-z0-9]{4}){3}/g) ?? []
  secrets.push(...codes, ...codes.map((each) => each.replaceAll('-', '')))
  const hook = await visitor.submit('/account/webhooks', { title: 'Export' })
  secrets.push(/\/rest\/\d+\/([a-z0-9]{16})\//.exec(hook.text)?.[1] ?? '')
  const changed = await visitor.submit('/account/password', {
    current: 'a quiet harbour',
    password: 'a louder harbour',
  })
  expect(changed.status).toBe(303)
  const half = new Visitor(portal)
  await half.signIn(email, 'a louder harbour')
  secrets.push(half.cookies.get('portico-step') ?? '')
  await visitor.post('/password/forgot', { account: 'a password in the wrong field' })
  secrets.push('a password in the wrong field')
  const waiting = await everyText()
  expect(waiting).not.toContain('a password in the wrong field')
  await visitor.post('/password/forgot', { account: 'admin@example.com' })
  await portal.work()
  // The one that the operator is meant to read.
  const warnings = portal.warnings.splice(0)
  expect(warnings).toHaveLength(1)
  secrets.push(String(warnings[0]?.link).split('/').at(-1) ?? '')
  secrets.push(visitor.cookies.get('portico-device') ?? '')

  expect(secrets.filter((each) => each.length < 8)).toEqual([])
  expect(secrets.length).toBeGreaterThan(25)
  const stored = await everyText()
  expect(stored).toContain(email)
  expect(secrets.filter((each) => stored.includes(each))).toEqual([])
  expect(portal.warnings).toEqual([])
})

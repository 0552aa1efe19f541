import { describe, expect, it } from 'vitest'
import { testPortal, type TestPortal } from '../../support/portal.ts'

interface Shown {
  readonly status: number
  readonly text: string
  readonly inputs: Record<string, string>
}

const START = Math.floor(Date.parse('2026-11-21T09:00:00Z') / 1000)

function read(answer: { status: number; text: string }): Shown {
  const inputs: Record<string, string> = {}
  for (const [tag] of answer.text.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    inputs[/name="([^"]*)"/.exec(tag)?.[1] ?? ''] = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  return { status: answer.status, text: answer.text, inputs }
}

const open = async (portal: TestPortal, path: string, headers: Record<string, string> = {}): Promise<Shown> =>
  read(await portal.send({ method: 'GET', url: path, headers }))

type Value = string | { name: string; bytes: Buffer }

/** Sends the form as a browser does. */
async function send(portal: TestPortal, path: string, values: Record<string, Value>, from?: string): Promise<Shown> {
  const boundary = 'portico-boundary'
  const parts = Object.entries(values).map(([name, value]) =>
    typeof value === 'string'
      ? Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      : Buffer.concat([
          Buffer.from(
            `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${value.name}"\r\n\r\n`,
          ),
          value.bytes,
          Buffer.from('\r\n'),
        ]),
  )
  return read(
    await portal.send({
      method: 'POST',
      url: path,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
      ...(from === undefined ? {} : { from }),
    }),
  )
}

async function form(portal: TestPortal, fields: object): Promise<{ id: number; path: string }> {
  const made = await portal.call('portico.form.add', { fields: { title: 'Ask us', active: 'Y', ...fields } })
  expect(made.body.error).toBeUndefined()
  return made.body.result.form as { id: number; path: string }
}

/** Opens the form, waits as people do, and sends it. */
async function fill(portal: TestPortal, path: string, values: Record<string, Value>, from?: string): Promise<Shown> {
  const { inputs } = await open(portal, path)
  portal.clock.at = (portal.clock.at ?? START) + 10
  return send(portal, path.split('?')[0] ?? '', { ...inputs, ...values }, from)
}

describe('web forms', async () => {
  const portal = await testPortal({ at: START })
  await portal.call('crm.lead.userfield.add', {
    fields: { USER_TYPE_ID: 'file', FIELD_NAME: 'PLAN', MULTIPLE: 'Y', EDIT_FORM_LABEL: 'Plans' },
  })
  const lead = {
    entityTypeId: 1,
    definition: {
      heading: 'Ask <b>us</b>',
      fields: [
        { name: 'name', required: true },
        { name: 'phone' },
        { name: 'email', label: 'Your e-mail' },
        { name: 'comments' },
        { name: 'ufCrmPlan', label: 'Plans' },
      ],
      consent: 'You may answer me.',
      record: { title: 'From the website' },
    },
  }

  it('makes a lead of what a stranger sends, with files and the campaign that brought them', async () => {
    const { id, path } = await form(portal, lead)
    const page = await open(portal, `${path}?utm_source=fair&utm_campaign=spring`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ask &lt;b&gt;us&lt;/b&gt;')
    expect(page.inputs).toMatchObject({ utm_source: 'fair', utm_campaign: 'spring' })
    const sent = await fill(portal, `${path}?utm_source=fair&utm_campaign=spring`, {
      answer_name: 'Ada',
      answer_phone: '+49 (171) 555-0199',
      answer_email: 'ada@example.com',
      answer_comments: '[b]Hello[/b] <script>alert(1)</script>',
      'answer_ufCrmPlan[]': { name: 'plan.pdf', bytes: Buffer.from('%PDF-1.7') },
      consent: 'Y',
    })
    expect(sent.status).toBe(200)
    expect(sent.text).toContain('Thank you!')
    const { items } = (
      await portal.call('crm.item.list', { entityTypeId: 1, filter: { webformId: id }, select: ['*', 'fm', 'uf*'] })
    ).body.result
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      title: 'From the website',
      name: 'Ada',
      sourceId: 'WEBFORM',
      utmSource: 'fair',
      utmCampaign: 'spring',
      webformId: id,
      hasPhone: 'Y',
      hasEmail: 'Y',
    })
    expect(items[0].comments).not.toContain('<script')
    expect(items[0].ufCrmPlan).toHaveLength(1)
    const { forms } = (await portal.call('portico.form.list')).body.result
    expect(forms.find((each: { id: number }) => each.id === id)).toMatchObject({ submissions: 1, title: 'Ask us' })
  })

  it('makes a deal with its client, and knows a client again', async () => {
    const { path } = await form(portal, {
      entityTypeId: 2,
      title: 'Order',
      definition: { fields: [{ name: 'contact.name' }, { name: 'contact.phone', required: true }, { name: 'title' }] },
    })
    const answers = {
      answer_contact__name: 'Grace',
      answer_contact__phone: '+1 702 555 0108',
      answer_title: 'Ten tables',
    }
    expect((await fill(portal, path, answers)).text).toContain('Thank you!')
    expect(
      (await fill(portal, path, { ...answers, answer_title: 'Two chairs', answer_contact__phone: '+17025550108' }))
        .status,
    ).toBe(200)
    const deals = (
      await portal.call('crm.item.list', { entityTypeId: 2, filter: { '@title': ['Ten tables', 'Two chairs'] } })
    ).body.result.items
    expect(deals).toHaveLength(2)
    expect(deals[0].contactId).toBeGreaterThan(0)
    expect(deals[1].contactId).toBe(deals[0].contactId)
    expect((await portal.call('crm.contact.get', { id: deals[0].contactId })).body.result).toMatchObject({
      NAME: 'Grace',
      HAS_PHONE: 'Y',
    })
  })

  it('says beside the question what is wrong, keeps what was written, and makes nothing', async () => {
    const { path } = await form(portal, lead)
    const before = await portal.census()
    const sent = await fill(portal, path, {
      answer_name: '',
      answer_email: 'nowhere',
      answer_phone: 'call me',
      'answer_ufCrmPlan[]': { name: 'run.exe', bytes: Buffer.from('MZ') },
    })
    expect(sent.status).toBe(422)
    for (const name of ['answer_name', 'answer_email', 'answer_phone', 'answer_ufCrmPlan', 'consent'])
      expect(sent.text).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="${name}"`))
    expect(sent.text).toContain('value="nowhere"')
    expect(await portal.census()).toEqual(before)
  })

  it('takes what was sent twice once, and refuses robots, stale pages and pages of other forms', async () => {
    const { path, id } = await form(portal, { entityTypeId: 1, definition: { fields: [{ name: 'name' }] } })
    const other = await form(portal, { entityTypeId: 1, definition: { fields: [{ name: 'name' }] } })
    const { inputs } = await open(portal, path)
    const good = { ...inputs, answer_name: 'Ada' }
    expect((await send(portal, path, good)).text).toContain('That was very quick')
    portal.clock.at = (portal.clock.at ?? START) + 10
    expect((await send(portal, path, { ...good, homepage_of_yours: 'x' })).status).toBe(422)
    expect((await send(portal, other.path, good)).status).toBe(422)
    expect((await send(portal, path, { ...good, page: (inputs.page ?? '').replace('.', '.A') })).status).toBe(422)
    expect((await send(portal, path, good)).status).toBe(200)
    expect((await send(portal, path, good)).status).toBe(200)
    portal.clock.at += 2 * 86_400
    expect((await send(portal, path, good)).text).toContain('open for too long')
    const made = await portal.call('crm.item.list', { entityTypeId: 1, filter: { webformId: id } })
    expect(made.body.total).toBe(1)
  })

  it('keeps to its limits: an hour of one address, all in all, the last day, and whether it is open', async () => {
    const { path, id } = await form(portal, {
      entityTypeId: 1,
      definition: { fields: [{ name: 'name' }], limits: { perAddress: 2, total: 3 } },
    })
    for (const [from, status] of [
      ['192.0.2.1', 200],
      ['192.0.2.1', 200],
      ['192.0.2.1', 429],
      ['192.0.2.2', 200],
      ['192.0.2.3', 410],
    ] as const)
      expect([from, (await fill(portal, path, { answer_name: 'Ada' }, from)).status]).toEqual([from, status])
    expect((await open(portal, path)).status).toBe(410)
    await portal.call('portico.form.update', {
      id,
      fields: { definition: { fields: [{ name: 'name' }], limits: { until: '2026-11-20' } } },
    })
    expect((await open(portal, path)).status).toBe(410)
    await portal.call('portico.form.update', { id, fields: { definition: { fields: [{ name: 'name' }] } } })
    expect((await open(portal, path)).status).toBe(200)
    await portal.call('portico.form.update', { id, fields: { active: 'N' } })
    expect((await open(portal, path)).status).toBe(410)
    await portal.call('portico.form.delete', { id })
    expect((await open(portal, path)).status).toBe(404)
  })

  it('may stand in any page, runs its own script only, and speaks its visitor’s language', async () => {
    const { path } = await form(portal, lead)
    const answer = await portal.send({
      method: 'GET',
      url: `${path}?embed=1`,
      headers: { 'accept-language': 'de-DE,de;q=0.9' },
    })
    expect(answer.text).toContain('<html lang="de"')
    expect(answer.text).toContain('Absenden')
    expect(answer.headers['content-security-policy']).toContain('frame-ancestors *')
    expect(answer.headers['content-security-policy']).not.toContain('unsafe')
    expect(answer.headers['x-frame-options']).toBeUndefined()
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    const script = await portal.send({ method: 'GET', url: `${path}/embed.js` })
    expect(script.headers['content-type']).toMatch(/^text\/javascript/)
    expect((await portal.send({ method: 'GET', url: `${path}/style.css` })).text).toContain('--accent:#0c7a4d')
  })

  it('is built by administrators of the CRM alone, of fields that there are', async () => {
    const { hook } = await portal.person()
    const before = await portal.census()
    for (const [method, params] of [
      ['portico.form.list', {}],
      ['portico.form.add', { fields: { title: 'x', entityTypeId: 1 } }],
      ['portico.form.fields', { entityTypeId: 1 }],
    ] as const)
      expect((await portal.call(method, params, { as: hook })).body.error).toBe('ACCESS_DENIED')
    for (const [fields, text] of [
      [{ title: '', entityTypeId: 1 }, "'title' is required"],
      [{ title: 'x', entityTypeId: 4_711 }, 'entityTypeId'],
      [
        { title: 'x', entityTypeId: 1, definition: { fields: [{ name: 'opportunity' }] } },
        "can't ask for 'opportunity'",
      ],
      [{ title: 'x', entityTypeId: 1, definition: { success: { url: 'javascript:alert(1)' } } }, 'success.url'],
      [{ title: 'x', entityTypeId: 1, definition: { design: { colour: 'red;}' } } }, 'design.colour'],
    ] as const) {
      const refused = await portal.call('portico.form.add', { fields })
      expect(refused.status).toBe(400)
      expect(refused.body.error_description).toContain(text)
    }
    expect(await portal.census()).toEqual(before)
    const { fields } = (await portal.call('portico.form.fields', { entityTypeId: 2 })).body.result
    expect(fields.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['contact.phone', 'title', 'comments']),
    )
  })
})

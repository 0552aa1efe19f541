import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { bundle, ensureBuilt } from '../build.mjs'

// The tests of the server run its sources; whoever starts it runs the bundle, whose lazily loaded parts can fail alone.
// It may have to build the web CRM first.
test('the bundle serves a demo portal over HTTP and HTTPS', { timeout: 240_000 }, async () => {
  await ensureBuilt()
  const child = spawn(process.execPath, [bundle, '--memory', '--demo', '--port=0', '--https-port=0'], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill())
  let text = ''
  for await (const chunk of child.stdout) {
    text += chunk
    if (text.includes('only their hashes are stored')) break
  }
  const hook = /Webhook +(\S+)/.exec(text)[1]
  const secure = /HTTPS +(\S+) +\(local CA: (\S+)\)/.exec(text)
  const deals = await (await fetch(`${hook}crm.deal.list`)).json()
  expect(deals.result).toHaveLength(50)
  expect(deals.total).toBeGreaterThan(100)
  const script = await fetch(new URL('/api/v1/', hook))
  expect(script.headers.get('content-type')).toContain('javascript')
  expect(await script.text()).toBe(readFileSync(new URL('web/bx24.js', pathToFileURL(bundle)), 'utf8'))
  const profile = await get(`${secure[1]}${new URL(hook).pathname}profile`, readFileSync(secure[2]))
  expect(profile.result).toMatchObject({ ID: '1', ADMIN: true })
})

function get(url, ca) {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { ca, agent: false }, async (response) => {
      const chunks = []
      for await (const chunk of response) chunks.push(chunk)
      resolve(JSON.parse(Buffer.concat(chunks).toString()))
    })
    request.on('error', reject)
  })
}

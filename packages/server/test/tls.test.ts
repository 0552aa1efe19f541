import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureCertificates, type Certificates } from '../src/http/tls.ts'

const now = new Date()
const day = 86_400_000
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portico-tls-'))
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

function after(days: number): Date {
  return new Date(now.getTime() + days * day)
}

async function authorityOf(certificates: Certificates): Promise<X509Certificate> {
  return new X509Certificate(await readFile(certificates.caPath))
}

/** What a client that trusts `ca` alone gets when it calls the server by the name `host`. */
async function call(certificates: Certificates, ca: string | Buffer, host: string): Promise<string> {
  const server = createServer(certificates, (_, response) => response.end('served'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  try {
    return await new Promise((resolve, reject) => {
      const { port } = address
      const lookup = { servername: host, headers: { host } }
      const target = host === '127.0.0.1' ? {} : lookup
      get({ host: '127.0.0.1', port, ca, agent: false, ...target }, (response) => {
        response.setEncoding('utf8').on('data', resolve).on('error', reject)
      }).on('error', reject)
    })
  } finally {
    server.close()
  }
}

describe('a client that trusts only the authority', () => {
  test.each(['localhost', '127.0.0.1', 'crm.example.com'])('reaches the server as %s', async (host) => {
    const certificates = await ensureCertificates(directory, ['crm.example.com'], now)
    expect(await call(certificates, await readFile(certificates.caPath), host)).toBe('served')
  })

  test('is warned when the server is called by a name that it was not given', async () => {
    const certificates = await ensureCertificates(directory, [], now)
    const ca = await readFile(certificates.caPath)
    await expect(call(certificates, ca, 'crm.example.com')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  test('does not trust the server of another authority', async () => {
    const certificates = await ensureCertificates(directory, [], now)
    const other = await ensureCertificates(join(directory, 'other'), [], now)
    await expect(call(certificates, await readFile(other.caPath), 'localhost')).rejects.toThrow(/certificate/)
  })
})

describe('the certificates', () => {
  test('say what they are for', async () => {
    const certificates = await ensureCertificates(directory, [], now)
    const [ca, server] = [await authorityOf(certificates), new X509Certificate(certificates.cert)]
    expect(ca.ca).toBe(true)
    expect(ca.verify(ca.publicKey)).toBe(true)
    expect(server.ca).toBe(false)
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    expect(server.checkIssued(ca)).toBe(true)
  })

  test('live ten years and at most 397 days', async () => {
    const certificates = await ensureCertificates(directory, [], now)
    const days = (date: string) => (new Date(date).getTime() - now.getTime()) / day
    const [ca, server] = [await authorityOf(certificates), new X509Certificate(certificates.cert)]
    expect(days(ca.validTo)).toBeCloseTo(3650, 0)
    expect(days(server.validTo) - days(server.validFrom)).toBeLessThanOrEqual(397)
    expect(days(server.validTo)).toBeGreaterThan(365)
    expect(days(server.validFrom)).toBeLessThan(0)
  })

  test('hold addresses as addresses and names as names, once each, without the unspecified ones', async () => {
    const names = ['[2001:DB8:0::5]', '192.168.1.7', 'CRM.Example.com', 'bücher.example', 'localhost', '0.0.0.0', '::']
    const server = new X509Certificate((await ensureCertificates(directory, names, now)).cert)
    expect(server.subjectAltName?.split(', ').sort()).toEqual(
      [
        'DNS:crm.example.com',
        'DNS:localhost',
        'DNS:xn--bcher-kva.example',
        'IP Address:127.0.0.1',
        'IP Address:192.168.1.7',
        'IP Address:2001:DB8:0:0:0:0:0:5',
        'IP Address:0:0:0:0:0:0:0:1',
      ].sort(),
    )
    expect(server.checkIP('2001:db8::5')).toBeDefined()
    expect(server.checkIP('::1')).toBeDefined()
  })

  test('are private where they must be, and leave no drafts', async () => {
    await ensureCertificates(directory, [], now)
    expect((await readdir(directory)).sort()).toEqual(['ca-key.pem', 'ca.pem', 'server.pem'])
    const mode = async (name: string) => (await stat(join(directory, name))).mode & 0o777
    expect([await mode('ca-key.pem'), await mode('server.pem')]).toEqual([0o600, 0o600])
  })

  test.each(['two words', 'a,b', ''])('refuse the name "%s"', async (name) => {
    await expect(ensureCertificates(directory, [name], now)).rejects.toThrow('is no host name')
    expect(await readdir(directory)).toEqual([])
  })
})

describe('a later start', () => {
  test('reuses everything', async () => {
    const first = await ensureCertificates(directory, ['::5', 'b.example', 'a.example'], now)
    const again = await ensureCertificates(directory, ['a.example', 'b.example', '0::5'], after(300))
    expect(again).toEqual(first)
  })

  test.each([
    ['with another name', ['b.example'], 0],
    ['without a name', [], 0],
    ['29 days before the end', ['a.example'], 367],
    ['long after the end', ['a.example'], 2000],
  ])('%s issues the server anew under the same authority', async (_, names, days) => {
    const old = await ensureCertificates(directory, ['a.example'], now)
    const ca = await readFile(old.caPath, 'utf8')
    const renewed = await ensureCertificates(directory, names, after(days))
    expect(renewed.cert).not.toBe(old.cert)
    expect(renewed.key).not.toBe(old.key)
    expect(await readFile(renewed.caPath, 'utf8')).toBe(ca)
    expect(new X509Certificate(renewed.cert).verify((await authorityOf(renewed)).publicKey)).toBe(true)
  })

  test('makes a new authority when the old one ends, and never signs beyond it', async () => {
    const first = await ensureCertificates(directory, [], now)
    const oldAuthority = await authorityOf(first)
    const late = await ensureCertificates(directory, [], after(3600))
    expect(new Date(new X509Certificate(late.cert).validTo)).toEqual(new Date(oldAuthority.validTo))
    const next = await ensureCertificates(directory, [], after(3649))
    const newAuthority = await authorityOf(next)
    expect(newAuthority.fingerprint256).not.toBe(oldAuthority.fingerprint256)
    expect(new X509Certificate(next.cert).verify(newAuthority.publicKey)).toBe(true)
  })

  test.each(['ca.pem', 'ca-key.pem', 'server.pem'])('recovers from a spoilt %s', async (name) => {
    await ensureCertificates(directory, [], now)
    await writeFile(join(directory, name), '-----BEGIN NOTHING')
    const certificates = await ensureCertificates(directory, [], now)
    expect(await call(certificates, await readFile(certificates.caPath), 'localhost')).toBe('served')
  })

  test('fails when the directory cannot be read, instead of serving other certificates', async () => {
    const path = join(directory, 'file')
    await writeFile(path, '')
    await expect(ensureCertificates(path, [], now)).rejects.toThrow(/ENOTDIR/)
  })
})

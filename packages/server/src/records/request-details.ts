import { MASK, masked } from './masked.ts'

/** Characters of JSON that are kept of what one request has sent and of its answer. */
const MOST_SENT = 64_000
const MOST_ANSWERED = 128_000
const LONGEST_HEADER = 500

/** A request as it came over HTTP: what Node gives. */
export interface OverHttp {
  readonly method?: string | undefined
  /** With its query. */
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** What exactly was asked and answered, without secrets. */
export interface RequestDetails {
  /** `POST`; empty for what came otherwise: from a model, over MCP. */
  readonly verb: string
  /** Without its query and without the code of a webhook. */
  readonly path: string
  readonly contentType: string
  readonly userAgent: string
  /** The decoded parameters as JSON; empty where they could not be read. */
  readonly parameters: string
  /** The answer as JSON, also where it was sent as XML. */
  readonly answer: string
  readonly isCut: boolean
}

/** Answers that show a secret once, under names that are none elsewhere. */
const shownOnce: readonly (readonly [method: string, keys: ReadonlySet<string>])[] = [
  ['portico.webhook.add', new Set(['CODE'])],
]
const none: ReadonlySet<string> = new Set()

/** Of a batch, whatever one of its commands shows. */
function secretsIn(method: string, parameters: string): ReadonlySet<string> {
  const asked = (method === 'batch' ? parameters : method).toLowerCase()
  return shownOnce.find(([name]) => asked.includes(name))?.[1] ?? none
}

const headerOf = ({ headers }: OverHttp, name: string): string => String(headers[name] ?? '').slice(0, LONGEST_HEADER)

/** The parameters of a request, to be kept before the method that may change them runs. */
export const keptParameters = (parameters: Readonly<Record<string, unknown>>): { text: string; cut: boolean } => {
  // An authorisation code is one beside the client that it was given to, and a code of something else elsewhere.
  const isExchange = Object.keys(parameters).some((key) => /^(client_id|grant_type)$/i.test(key))
  return masked(parameters, MOST_SENT, isExchange ? new Set(['code', 'CODE']) : none)
}

/** @param parameters as {@link keptParameters} has made them; undefined where they could not be read */
export function detailsOf(given: {
  readonly method: string
  readonly http: OverHttp | undefined
  readonly parameters: { text: string; cut: boolean } | undefined
  readonly answer: unknown
}): RequestDetails {
  const { method, http, parameters } = given
  const answer = masked(given.answer, MOST_ANSWERED, secretsIn(method, parameters?.text ?? ''))
  return {
    verb: http?.method ?? '',
    path: pathOf(http?.url ?? '', method),
    contentType: http === undefined ? '' : headerOf(http, 'content-type'),
    userAgent: http === undefined ? '' : headerOf(http, 'user-agent'),
    parameters: parameters?.text ?? '',
    answer: answer.text,
    isCut: answer.cut || parameters?.cut === true,
  }
}

/** Whatever is not known to be harmless may be the code of a webhook, or a part of one that somebody has mistyped. */
const pathOf = (url: string, method: string): string =>
  (url.split('?')[0] ?? '')
    .slice(0, LONGEST_HEADER)
    .split('/')
    .map((part) =>
      /^(rest|api|\d{0,9})$/.test(part) || part.toLowerCase().replace(/\.(json|xml)$/, '') === method.toLowerCase()
        ? part
        : MASK,
    )
    .join('/')

/** Bytes that they take in memory, about. */
export const sizeOf = ({ parameters, answer, path, userAgent, contentType }: RequestDetails): number =>
  2 * (parameters.length + answer.length + path.length + userAgent.length + contentType.length) + 200

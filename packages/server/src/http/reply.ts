import { envelope } from '../methods/envelope.ts'
import type { Outcome } from '../methods/method.ts'
import { toXml } from './xml.ts'

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export function reply(outcome: Outcome, format: 'json' | 'xml'): Reply {
  const body = envelope(outcome)
  const status = outcome.error?.status ?? 200
  return format === 'xml'
    ? { status, contentType: 'text/xml; charset=utf-8', body: toXml(body) }
    : { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

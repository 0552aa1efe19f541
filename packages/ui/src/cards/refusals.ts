import { PortalError } from 'portico-client'
import { say } from '../i18n/index.ts'

/**
 * What a refusal says of single fields, to stand beside them; empty where it speaks of the record as a whole. `crm.item.*`
 * names the field and then the reason.
 */
export function fieldErrors(cause: unknown): Readonly<Record<string, string>> {
  if (!(cause instanceof PortalError)) return {}
  if (cause.code === 'CRM_FIELD_ERROR_REQUIRED')
    return Object.fromEntries(
      [...cause.text.matchAll(/"([^"]+)"/g)].map(([, name = '']) => [name, say('cards.required')]),
    )
  const [, name, reason] = /^Invalid value for field "([^"]+)": (.+)$/s.exec(cause.text) ?? []
  return name === undefined || reason === undefined
    ? {}
    : { [name]: `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}` }
}

/** The name of a card's field in a refusal: phones are refused as such, and their field is `fm`. */
export const errorOf = (errors: Readonly<Record<string, string>>, key: string, name: string): string | undefined =>
  errors[key] ??
  (name === 'fm' && errors.fm !== undefined && key !== 'EMAIL' && /address/i.test(errors.fm) ? undefined : errors[name])

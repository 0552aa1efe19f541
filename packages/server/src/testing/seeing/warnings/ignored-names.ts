import { nearest } from '../../../config/nearest.ts'
import type { Remark } from '../../../records/remarks.ts'
import type { Method } from '../../../methods/method.ts'
import { type JudgedCall, mapIn, parameter, type Rule, Tally } from './warning.ts'

/** Sent beside the parameters of any method: credentials, marks of SDKs, the source of a change. */
const BESIDE = /^(auth|access_token|auth_connector|sessid|bx24_.*|start|logtag|_.*|\d+)$/i
const LISTS = 'settings/how-to-call-rest-api/list-methods-pecularities.md'
const PRINCIPLES = 'settings/how-to-call-rest-api/general-principles.md'

interface Known {
  method(name: string, version: 2 | 3): Method | undefined
  /** Whether a name stands in the documented example of a method. */
  isDocumented(method: string, version: 2 | 3, name: string): boolean
  /** The documentation's page of a method. */
  page(method: string): string | undefined
}

/** Names that are passed over in silence: of fields, in filters, selections, orders, and of parameters. */
export function ignoredNames(known: Known): Rule {
  const rules = {
    field: new Tally('ignored-field'),
    'read-only': new Tally('ignored-read-only-field'),
    filter: new Tally('ignored-filter'),
    order: new Tally('ignored-order'),
    select: new Tally('ignored-select'),
    parameter: new Tally('ignored-parameter'),
  }
  return {
    call(call) {
      if (call.error !== null) return
      for (const remark of call.remarks) {
        const { about, name } = remark
        if (!wasSent(call, remark) || known.isDocumented(call.method, call.version, name)) continue
        const page = known.page(call.method) ?? (about === 'field' || about === 'read-only' ? PRINCIPLES : LISTS)
        rules[about].add(`${call.method}: ${name}`, call, { text: textOf(call, remark), page })
      }
      const method = known.method(call.method, call.version)
      // Only families that are known to read nothing else: others look at what stands beside their parameters.
      if (method?.records === undefined) return
      const names = Object.keys(method.params)
      for (const name of Object.keys(call.parameters)) {
        if (BESIDE.test(name) || names.some((each) => each.toLowerCase() === name.toLowerCase())) continue
        if (known.isDocumented(call.method, call.version, name)) continue
        rules.parameter.add(`${call.method}: ${name}`, call, {
          text: `${call.method} has no parameter "${name}" and passes over it in silence${meant(name, names)}`,
          page: known.page(call.method) ?? PRINCIPLES,
        })
      }
    },
    found: () => Object.values(rules).flatMap((tally) => tally.found()),
  }
}

/** Methods ask for more than they were asked; only what the caller has written is the caller's to mend. */
function wasSent(call: JudgedCall, { about, name }: Remark): boolean {
  if (about === 'read-only' && name.toLowerCase() === 'id') return false
  const sent = parameter(call, about === 'read-only' || about === 'field' ? 'fields' : about)
  if (about === 'select') return Object.values(mapIn(sent)).includes(name) || sent === name
  // Conditions come with an operator before the name, and in groups.
  return about === 'filter' ? JSON.stringify(sent ?? null).includes(name) : Object.hasOwn(mapIn(sent), name)
}

function textOf({ method }: JudgedCall, { about, name, of, known }: Remark): string {
  const hint = meant(name, about === 'read-only' ? [] : known())
  switch (about) {
    case 'read-only':
      return `"${name}" of ${of} cannot be written by ${method}, which passes over it in silence: leave it out.`
    case 'filter':
      return `"${name}" is no field of ${of}: ${method} passes over the condition in silence and shows what it should have left out${hint}`
    case 'order':
      return `"${name}" is no field of ${of} to sort by: ${method} passes over it in silence${hint}`
    default:
      return `"${name}" is no field of ${of}: ${method} passes over it in silence${hint}`
  }
}

function meant(name: string, known: Iterable<string>): string {
  const guess = nearest(name, known)
  return guess === undefined || guess.toLowerCase() === name.toLowerCase() ? '.' : `; did you mean ${guess}?`
}

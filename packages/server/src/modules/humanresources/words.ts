import type { Call } from '../../methods/method.ts'
import { inStyle } from '../../methods/errors.ts'
import { ErrorV3, errorsV3, styleV3 } from '../../methods/v3/errors.ts'
import { department } from '../people/department.ts'

/** One thing that is wrong with a request. */
export const fault = (field: string, message: string): ErrorV3 => errorsV3.validation([{ field, message }])

/** These families' own word for what other objects call an entry (humanresources-node-get.md). */
export const notFound = (id: number): ErrorV3 =>
  new ErrorV3('BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION', 400, `Record with ID = \`${id}\` not found`)

/** Some methods name what is missing as a parameter, and not as a field (humanresources-node-member-add.md). */
export function given<T>(name: string, value: T | undefined, more = ''): T {
  if (value === undefined) throw fault(name, `Parameter "${name}" is required${more}.`)
  return value
}

/** Puts what use cases refuse into these words; a rule is about `field`. */
export const inWords = <T>(field: string, body: () => Promise<T>): Promise<T> =>
  inStyle(
    {
      ...styleV3,
      rule: (text) => fault(field, text),
      invalid: ({ name }, detail) => fault(name, `Invalid value of the field \`${name}\`: ${detail}`),
    },
    'write',
    body,
  )

/** Everyone reads the structure; to change it takes the right to (departments/index.md). */
export const requireWriting = (call: Call): Promise<unknown> =>
  inWords('', () => call.portal.access.require(call, department, 'update'))

/** Employees are shown to those who are in a department themselves. */
export function requireEmployee({ person }: Call): void {
  if (!person.active || person.departments.length === 0) throw errorsV3.accessDenied()
}

import { ConfigError } from '../../config/options.ts'
import type { Program } from '../command.ts'
import { givenMap } from './given-values.ts'
import { assign, type Assignment } from './params.ts'

/** `>=OPPORTUNITY=100` or `PHONE[VALUE]=…`: an operator of the API, a field, and what it is compared with. */
const CONDITION = /^([^\w[\]]*)([A-Za-z]\w*(?:\.\w+)*)((?:\[[^[\]]*\])*)=([\s\S]*)$/

/**
 * The filter that `--filter` gives, as often as it is given: conditions, JSON, or `@file` with JSON. Of several
 * conditions all hold. `@` and `!@` take values with commas between them.
 * @throws {ConfigError}
 */
export async function filterOf(
  given: readonly string[],
  source: Pick<Program, 'cwd' | 'stdin'>,
): Promise<Record<string, unknown>> {
  let base: Record<string, unknown> = {}
  const conditions: Assignment[] = []
  for (const text of given) {
    const condition = text.startsWith('{') || text === '-' ? null : CONDITION.exec(text)
    if (condition !== null) conditions.push(assignmentOf(condition))
    else if (/^[{@-]/.test(text)) base = { ...base, ...(await givenMap('--filter', text, source)) }
    else
      throw new ConfigError(
        '--filter',
        text,
        `--filter "${text}" is refused: expected FIELD=value, such as '>OPPORTUNITY=100', or JSON`,
      )
  }
  return assign(base, conditions)
}

function assignmentOf([, operator = '', field = '', steps = '', value = '']: RegExpExecArray): Assignment {
  const path = [operator + field, ...[...steps.matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step)]
  return { path, value: /^!?@$/.test(operator) && steps === '' ? value.split(',') : value }
}

/**
 * `DATE_CREATE:desc` → `{ DATE_CREATE: 'DESC' }`.
 * @throws {ConfigError}
 */
export function orderOf(given: readonly string[]): Record<string, 'ASC' | 'DESC'> {
  return Object.fromEntries(
    given
      .flatMap((text) => text.split(','))
      .map((text) => {
        const [, field = '', direction = 'asc'] = /^(\w+(?:\.\w+)*)(?::(asc|desc))?$/i.exec(text.trim()) ?? []
        if (field === '')
          throw new ConfigError(
            '--order',
            text,
            `--order "${text}" is refused: expected FIELD, FIELD:asc or FIELD:desc`,
          )
        return [field, direction.toUpperCase() === 'DESC' ? 'DESC' : 'ASC']
      }),
  )
}

/** `A,B` given once or more. */
export const selectOf = (given: readonly string[]): string[] =>
  given
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')

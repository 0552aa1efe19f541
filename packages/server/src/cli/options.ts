import { grantableScopes, scopes as knownScopes } from '../auth/scopes.ts'
import type { Option } from '../config/options.ts'

/** Options of single commands: no environment variable stands behind them. */
const plain = { env: null, secret: false }

/** A whole number of 1 or more. */
const positive = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)

export const user: Option<number> = {
  ...plain,
  flag: 'user',
  placeholder: 'id',
  standard: '1',
  about: 'The person in whose name it acts',
  expected: 'the id of a user',
  initial: () => 1,
  parse: positive,
}

export const scope: Option<string> = {
  ...plain,
  flag: 'scope',
  placeholder: 'a,b',
  standard: '*',
  about: 'The scopes that it opens, separated by commas; * is every one',
  expected: `* or some of ${knownScopes.join(', ')} and the other documented scopes, separated by commas`,
  initial: () => '*',
  parse(text) {
    const wanted = text.split(',').map((each) => each.trim())
    if (wanted.includes('*')) return wanted.length === 1 ? '*' : undefined
    return wanted.every((each) => grantableScopes.includes(each)) ? wanted.join(',') : undefined
  },
}

export const title: Option<string> = {
  ...plain,
  flag: 'title',
  placeholder: 'text',
  standard: 'Made on the command line',
  about: 'What it is for; shown in the list',
  expected: 'a text of at most 255 characters',
  initial: () => 'Made on the command line',
  parse: (text) => (text.length <= 255 ? text : undefined),
}

export const lifetime: Option<number> = {
  ...plain,
  flag: 'lifetime',
  placeholder: 'seconds',
  standard: '3600',
  about: 'How long it is good for',
  expected: 'a whole number of seconds, 1 or more',
  initial: () => 3600,
  parse: positive,
}

/** The id that an operand holds, or undefined. */
export const idOf = positive

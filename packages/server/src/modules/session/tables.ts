import type { Check } from '../../records/check.ts'
import { sql } from '../../store/sql.ts'
import type { Table } from '../../store/table.ts'

/** The second factor of a person. The secret must be known in clear to check codes: it is sealed with the portal's key. */
export const secondFactor: Table = {
  name: 'second_factor',
  columns: {
    user_id: 'integer',
    secret: 'text',
    // 'N' until the first code has shown that the person's device knows the secret.
    confirmed: 'text',
    // The step of the last code that was taken: it and those before it are used up.
    last_step: 'integer',
    created: 'integer',
  },
  key: ['user_id'],
}

/** What lets a person in who has lost the device: each once. */
export const recoveryCode: Table = {
  name: 'recovery_code',
  columns: { id: 'integer', user_id: 'integer', code_hash: 'text' },
  indexes: [{ columns: ['user_id', 'code_hash'], unique: true }],
}

/** The last letter to a person who has forgotten the password; those before it don't work any more. */
export const passwordReset: Table = {
  name: 'password_reset',
  columns: { user_id: 'integer', token_hash: 'text', expires: 'integer' },
  key: ['user_id'],
  indexes: [{ columns: ['token_hash'], unique: true }],
}

/** As whom a person is known at an OpenID provider. */
export const personIdentity: Table = {
  name: 'person_identity',
  columns: { id: 'integer', user_id: 'integer', issuer: 'text', subject: 'text', created: 'integer' },
  indexes: [{ columns: ['issuer', 'subject'], unique: true }, { columns: ['user_id'] }],
}

const ownedByPeople = ['person_session', 'second_factor', 'recovery_code', 'password_reset', 'person_identity']

export const sessionChecks: readonly Check[] = ownedByPeople.map((name) => ({
  name: `${name} belongs to a person`,
  faults: () =>
    sql`select 'of user ' || cast(r.user_id as text) as fault from ${sql.table(name)} r where not exists (select 1 from portal_user u where u.id = r.user_id)`,
}))

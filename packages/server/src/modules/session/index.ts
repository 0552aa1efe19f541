import { personSession, pruneSessions, sessionsEnded } from '../../auth/sessions.ts'
import type { Hooks } from '../../records/hooks.ts'
import { sql } from '../../store/sql.ts'
import type { Module } from '../module.ts'
import { person } from '../person.ts'
import { RESET, sendReset } from './passwords.ts'
import { passwordReset, personIdentity, recoveryCode, secondFactor, sessionChecks } from './tables.ts'
import { attempt, pruneAttempts } from './throttle.ts'

/**
 * Whoever is dismissed, and so signed out (modules/people/dismissal.ts), has no letter that lets them in again, and no
 * server goes on with the session that it remembers.
 */
const dismissal: Hooks = {
  async saved(change) {
    if (!change.changes('active') || change.value('active') !== 'N') return
    await sessionsEnded(change.portal.caches, change.tx)
    await change.tx.change(sql`delete from password_reset where user_id = ${change.id}`)
  },
}

/** People who sign in. */
export const sessions: Module = {
  name: 'session',
  methods: [],
  tables: [personSession, attempt, secondFactor, recoveryCode, passwordReset, personIdentity],
  hooks: { [person.name]: dismissal },
  jobs: { [RESET]: sendReset },
  checks: sessionChecks,
  async tend(portal, session) {
    await pruneAttempts(session, portal.sources.now())
    await pruneSessions(session, portal.sources.now())
  },
}

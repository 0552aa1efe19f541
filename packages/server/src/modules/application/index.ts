import { application } from '../../records/applications.ts'
import { accessToken, pruneTokens, refreshToken } from '../../records/tokens.ts'
import type { Module } from '../module.ts'
import applicationMethods from './methods.ts'
import { oauthCode } from './tables.ts'
import webhookMethods from './webhook-methods.ts'

/** Applications that people have added to the portal, and what they may do with it. */
export const applications: Module = {
  name: 'application',
  methods: [...applicationMethods, ...webhookMethods],
  tend: (portal, session) => pruneTokens(session, portal.sources.now()),
  tables: [application, accessToken, refreshToken, oauthCode],
}

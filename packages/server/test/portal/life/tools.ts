import { expect } from 'vitest'
import { type TimelineRequest, type Timeline, timelineOf } from '../../../src/modules/crm/timeline/read.ts'
import { sql } from '../../../src/store/sql.ts'
import { batchOn } from '../../support/batch.ts'
import { httpBuildQuery } from '../../support/curl.ts'
import type { Answer, TestPortal } from '../../support/portal.ts'

export type Result = Answer['body']['result']

/** A command of a batch, as clients write it. */
export const command = (method: string, params: Readonly<Record<string, unknown>>): string =>
  `${method}?${httpBuildQuery(params)}`

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What a client of the portal does all day. */
export function clientOf(portal: TestPortal) {
  /** A call that has to succeed. */
  const must = async (method: string, params: object = {}, as?: string): Promise<Result> => {
    const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
    expect([method, status, body.error, body.error_description]).toEqual([method, 200, undefined, undefined])
    return body.result
  }
  const batch = batchOn(portal)
  return {
    must,
    add: (entity: string, fields: object = {}, as?: string): Promise<number> =>
      must(`crm.${entity}.add`, { fields }, as),
    addItem: async (entityTypeId: number, fields: object, as?: string): Promise<Result> =>
      (await must('crm.item.add', { entityTypeId, fields }, as)).item,
    item: async (entityTypeId: number, id: number, as?: string): Promise<Result> =>
      (await must('crm.item.get', { entityTypeId, id }, as)).item,
    /** Several calls at once, every one of which has to succeed. */
    async all(cmd: Record<string, unknown>, as?: string): Promise<Result> {
      const { result, result_error } = await batch(cmd, 1, as === undefined ? {} : { as })
      expect(result_error).toEqual([])
      return result
    },
    /** What is behind an address that the portal gave out, fetched as a browser does, without a webhook. */
    async download(url: string): Promise<{ status: number; bytes: Buffer }> {
      const response = await portal.app.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
      return { status: response.statusCode, bytes: response.rawPayload }
    },
    /** One page of a record's timeline, as a person sees it. */
    async timeline(request: Partial<TimelineRequest> & { entityTypeId: number; id: number }): Promise<Timeline> {
      const session = portal.portal.store.session()
      const person = await portal.portal.people.find(session, 1)
      if (person === undefined) throw new Error('nobody')
      const credential = { kind: 'session', id: 'person:1', userId: 1, scopes: undefined } as const
      const now = portal.portal.sources.now()
      const fileUrls = portal.links.maker('https://portal.example', credential, now)
      const encode = { zone: portal.portal.zone, fileUrls }
      return timelineOf({ portal: portal.portal, session, person, now, encode }, { limit: 50, ...request })
    },
    /** 1 is classic, 2 is simple. */
    async mode(mode: '1' | '2'): Promise<void> {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['settings'], (tx) =>
        portal.portal.settings.set(tx, 'crm.mode', mode),
      )
      await session.settled()
    },
    /** Whose records people without roles may do anything to. */
    async rights(level: 'own' | 'all' | 'none'): Promise<void> {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`update crm_role_permission set level = ${level}`),
      )
      await session.settled()
    },
    later: (seconds: number): void => {
      portal.clock.at = (portal.clock.at ?? 0) + seconds
    },
  }
}

/** What has become more or fewer between two censuses, by table. */
export function differences(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...names].map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const).filter(([, n]) => n !== 0),
  )
}

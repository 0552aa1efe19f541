import {
  administratorsApplication,
  callingApplication,
  textOrNothing,
  wrongArgument,
} from '../../methods/application-arguments.ts'
import { ApiError } from '../../methods/errors.ts'
import { isMap, type Map, method, take } from '../../methods/method.ts'
import { InvalidValue, isBlank } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import { descriptionOrNothing, handlerOf, requiredText } from './arguments.ts'
import type { Place } from './codes.ts'
import { type Handler, handlersOf, isLanguage, places, titleIn, type Words } from './handlers.ts'
import { placementHandler } from './tables.ts'

/** An application that registers without end is a mistake of it, which must not become one of everyone's pages. */
const MAX_HANDLERS = 1000

const wordsIn = (given: Map): Words => ({
  TITLE: textOrNothing('TITLE', given.TITLE),
  DESCRIPTION: descriptionOrNothing('DESCRIPTION', given.DESCRIPTION),
  GROUP_NAME: textOrNothing('GROUP_NAME', given.GROUP_NAME),
})

/** `{en: {TITLE, DESCRIPTION, GROUP_NAME}}`; languages that no portal has are passed over. */
function languagesIn(input: unknown): Handler['byLanguage'] {
  if (isBlank(input) || (Array.isArray(input) && input.length === 0)) return {}
  if (!isMap(input)) throw wrongArgument('LANG_ALL', "The value of an argument 'LANG_ALL' must be of type array")
  const told: Record<string, Words> = {}
  for (const [language, words] of Object.entries(input))
    if (isLanguage(language) && isMap(words)) told[language] = wordsIn(words)
  return told
}

function optionsIn({ options = [] }: Place, input: unknown): Handler['options'] {
  const given = isMap(input) ? input : {}
  const kept: Record<string, unknown> = {}
  for (const { key, required, error, read } of options) {
    const value = given[key]
    if (isBlank(value)) {
      if (required !== true) continue
      if (error !== undefined) throw new ApiError(error, 200, `Option '${key}' is required`)
      throw wrongArgument(key, `Argument '${key}' is null or empty`)
    }
    try {
      kept[key] = read(value)
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw new ApiError(error ?? 'ERROR_ARGUMENT', 400, `Wrong value of option '${key}'`, { argument: key })
    }
  }
  return kept
}

function personIn(place: Place, input: unknown): number {
  if (isBlank(input) || input === 0 || input === '0') return 0
  const id = Number(input)
  if (!Number.isSafeInteger(id) || id < 0)
    throw wrongArgument('USER_ID', "The value of an argument 'USER_ID' must be of type integer")
  if (place.personal !== true) throw new ApiError('ERROR_PLACEMENT_USER_MODE', 200, 'User mode is not available')
  return id
}

/** PHP's empty map is a list. */
const mapOrList = (map: object): unknown => (Object.keys(map).length === 0 ? [] : map)

/** Widgets of applications in the pages of the portal (api-reference/widgets/index.md). */
export const placementMethods = [
  method({
    name: 'placement.bind',
    scope: 'placement',
    params: {
      PLACEMENT: take.any,
      HANDLER: take.any,
      LANG_ALL: take.any,
      OPTIONS: take.any,
      USER_ID: take.any,
      TITLE: take.any,
      DESCRIPTION: take.any,
      GROUP_NAME: take.any,
    },
    async run(given, call) {
      const application = await administratorsApplication(call)
      const code = requiredText('PLACEMENT', given.PLACEMENT).toUpperCase()
      const handler = handlerOf('HANDLER', given.HANDLER)
      const place = (await places(call, call.session)).get(code)
      const { scopes } = call.credential
      // "The code is specified incorrectly or the application has not been granted the scope" (crm/detail-search.md).
      if (place === undefined || (place.scope !== null && scopes !== undefined && !scopes.has(place.scope)))
        throw new ApiError('ERROR_PLACEMENT_NOT_FOUND', 400, 'Placement not found')
      const userId = personIn(place, given.USER_ID)
      const words = wordsIn(given)
      const byLanguage = languagesIn(given.LANG_ALL)
      const options = optionsIn(place, given.OPTIONS)
      if (userId > 0 && (await call.portal.people.find(call.session, userId)) === undefined)
        throw wrongArgument('USER_ID', 'User not found')
      // One after the other, so that what is counted first still holds when it is written.
      await call.portal.caches.changing(call.session, ['placements'], async (tx) => {
        const own = await handlersOf(tx, application.id)
        const taken = own.some((each) => each.placement === code && each.userId === userId)
        if (own.length >= MAX_HANDLERS || (place.single === true && taken))
          throw new ApiError('ERROR_PLACEMENT_MAX_COUNT', 200, 'Placement max count')
        tx.insert(placementHandler, {
          id: await tx.nextId(placementHandler),
          application_id: application.id,
          placement: code,
          user_id: userId,
          handler,
          title: words.TITLE,
          description: words.DESCRIPTION,
          group_name: words.GROUP_NAME,
          lang_all: JSON.stringify(byLanguage),
          options: JSON.stringify(options),
          created: Math.floor(call.now),
        })
      })
      return true
    },
  }),
  method({
    name: 'placement.unbind',
    scope: 'placement',
    params: { PLACEMENT: take.any, HANDLER: take.any, USER_ID: take.any },
    async run({ PLACEMENT, HANDLER, USER_ID }, call) {
      const application = await administratorsApplication(call)
      const code = requiredText('PLACEMENT', PLACEMENT).toUpperCase()
      const handler = textOrNothing('HANDLER', HANDLER, 4000)
      const user = isBlank(USER_ID) ? undefined : Number(USER_ID)
      if (user !== undefined && !Number.isSafeInteger(user))
        throw wrongArgument('USER_ID', "The value of an argument 'USER_ID' must be of type integer")
      const removed = await call.portal.caches.changing(call.session, ['placements'], (tx) => {
        const conditions = [
          sql`application_id = ${application.id}`,
          sql`placement = ${code}`,
          ...(handler === '' ? [] : [sql`handler = ${handler}`]),
          ...(user === undefined ? [] : [sql`user_id = ${user}`]),
        ]
        return tx.change(sql`delete from placement_handler where ${sql.join(conditions, sql` and `)}`)
      })
      // Counted as the page says: once for what was found, once more for what was removed (placement-unbind.md).
      return { count: removed * 2 }
    },
  }),
  method({
    name: 'placement.get',
    scope: 'placement',
    params: {},
    async run(_given, call) {
      const application = await administratorsApplication(call)
      const handlers = await handlersOf(call.session, application.id)
      return handlers.map((each) => ({
        placement: each.placement,
        userId: each.userId,
        handler: each.url,
        options: mapOrList(each.options),
        title: titleIn(each, call.portal.language),
        description: each.words.DESCRIPTION,
        langAll: each.byLanguage,
      }))
    },
  }),
  method({
    name: 'placement.list',
    scope: 'placement',
    params: { SCOPE: take.text, FULL: take.flag },
    async run({ SCOPE, FULL }, call) {
      await callingApplication(call)
      const { scopes } = call.credential
      const all = [...(await places(call, call.session)).values()]
      const isShown = ({ scope }: Place): boolean => {
        if (SCOPE !== undefined && SCOPE !== '') return (scope ?? 'placement') === SCOPE
        return FULL || scope === null || scopes === undefined || scopes.has(scope)
      }
      return all.filter(isShown).map(({ code }) => code)
    },
  }),
]

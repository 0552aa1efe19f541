import { administratorsApplication, textOrNothing, wrongArgument } from '../../methods/application-arguments.ts'
import { ApiError } from '../../methods/errors.ts'
import { isMap, Listing, method, take } from '../../methods/method.ts'
import type { Application } from '../../records/applications.ts'
import { type RegisteredType, registeredTypes, typeName, userFieldTypeTable } from '../../records/user-field-types.ts'
import { MAX_USER_FIELD_NAME } from '../../schema/user-field-names.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { descriptionOrNothing, handlerOf, requiredText } from './arguments.ts'

const notFound = (): ApiError => new ApiError('ERROR_NOT_FOUND', 400, 'User Field Type not found')
const taken = (): ApiError => new ApiError('ERROR_CORE', 400, 'Unable to set placement handler: Handler already binded')

/** `rest_<application>_<code>` has at most fifty characters, as names of fields have. */
function codeOf(input: unknown, { id }: Application): string {
  const code = requiredText('USER_TYPE_ID', input)
  const isShort = typeName({ applicationId: id, code }).length <= MAX_USER_FIELD_NAME
  if (!isShort || !/^[a-z0-9_]+$/.test(code))
    throw wrongArgument('USER_TYPE_ID', "The value of an argument 'USER_TYPE_ID' is not valid")
  return code
}

function heightOf(input: unknown): number {
  const height = isMap(input) ? Number(input.height ?? 0) : 0
  return Number.isSafeInteger(height) && height > 0 ? height : 0
}

async function typeOf(reader: Reader, application: Application, input: unknown): Promise<RegisteredType> {
  const code = requiredText('USER_TYPE_ID', input)
  const found = (await registeredTypes(reader, application.id)).find((each) => each.code === code)
  if (found === undefined) throw notFound()
  return found
}

/** An address belongs to one type of an application. */
async function requireFree(
  reader: Reader,
  application: Application,
  { code, handler }: { code: string; handler: string },
): Promise<void> {
  const own = await registeredTypes(reader, application.id)
  if (own.some((each) => each.code !== code && each.handler === handler)) throw taken()
}

/** Registrations wait for each other, so that what is looked up first still holds when it is written. */
const types = ['placements'] as const

/** Types of user fields whose values applications show and edit (api-reference/widgets/user-field/index.md). */
export const userFieldTypeMethods = [
  method({
    name: 'userfieldtype.add',
    scope: 'placement',
    params: {
      USER_TYPE_ID: take.any,
      HANDLER: take.any,
      TITLE: take.any,
      DESCRIPTION: take.any,
      OPTIONS: take.any,
    },
    async run({ USER_TYPE_ID, HANDLER, TITLE, DESCRIPTION, OPTIONS }, call) {
      const application = await administratorsApplication(call)
      const code = codeOf(USER_TYPE_ID, application)
      const handler = handlerOf('HANDLER', HANDLER)
      const title = textOrNothing('TITLE', TITLE)
      const description = descriptionOrNothing('DESCRIPTION', DESCRIPTION)
      await call.portal.caches.changing(call.session, types, async (tx) => {
        const own = await registeredTypes(tx, application.id)
        if (own.some((each) => each.code === code)) throw taken()
        await requireFree(tx, application, { code, handler })
        tx.insert(userFieldTypeTable, {
          id: await tx.nextId(userFieldTypeTable),
          application_id: application.id,
          code,
          handler,
          title,
          description,
          height: heightOf(OPTIONS),
          created: Math.floor(call.now),
        })
      })
      return true
    },
  }),
  method({
    name: 'userfieldtype.update',
    scope: 'placement',
    params: {
      USER_TYPE_ID: take.any,
      HANDLER: take.any,
      TITLE: take.any,
      DESCRIPTION: take.any,
      OPTIONS: take.any,
    },
    async run({ USER_TYPE_ID, HANDLER, TITLE, DESCRIPTION, OPTIONS }, call) {
      const application = await administratorsApplication(call)
      requiredText('USER_TYPE_ID', USER_TYPE_ID)
      await call.portal.caches.changing(call.session, types, async (tx) => {
        const before = await typeOf(tx, application, USER_TYPE_ID)
        const after = {
          handler: HANDLER === undefined ? before.handler : handlerOf('HANDLER', HANDLER),
          title: TITLE === undefined ? before.title : textOrNothing('TITLE', TITLE),
          description:
            DESCRIPTION === undefined ? before.description : descriptionOrNothing('DESCRIPTION', DESCRIPTION),
          height: OPTIONS === undefined ? before.height : heightOf(OPTIONS),
        }
        await requireFree(tx, application, { code: before.code, handler: after.handler })
        await tx.change(
          sql`update user_field_type set handler = ${after.handler}, title = ${after.title}, description = ${after.description}, height = ${after.height} where id = ${before.id}`,
        )
      })
      return true
    },
  }),
  method({
    name: 'userfieldtype.list',
    scope: 'placement',
    params: {},
    async run(_given, call) {
      const application = await administratorsApplication(call)
      const own = await registeredTypes(call.session, application.id)
      const rows = own.map(({ code, handler, title, description }) => ({
        USER_TYPE_ID: code,
        HANDLER: handler,
        TITLE: title,
        DESCRIPTION: description,
      }))
      return new Listing(rows, rows.length)
    },
  }),
  method({
    name: 'userfieldtype.delete',
    scope: 'placement',
    params: { USER_TYPE_ID: take.any },
    async run({ USER_TYPE_ID }, call) {
      const application = await administratorsApplication(call)
      requiredText('USER_TYPE_ID', USER_TYPE_ID)
      // Fields of the type, and their values, stay: the application may register it again.
      await call.portal.caches.changing(call.session, types, async (tx) => {
        const { id } = await typeOf(tx, application, USER_TYPE_ID)
        await tx.change(sql`delete from user_field_type where id = ${id}`)
      })
      return true
    },
  }),
]

import type { Context } from '../../records/context.ts'
import { isDynamic } from '../../schema/entity-types.ts'
import { languages } from '../../schema/languages.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { type Place, placesOf } from './codes.ts'

/** Title, description and group of a widget. */
export interface Words {
  readonly TITLE: string
  readonly DESCRIPTION: string
  readonly GROUP_NAME: string
}

/** What an application has put into a place. */
export interface Handler {
  readonly id: number
  readonly applicationId: number
  readonly placement: string
  /** 0: for everyone. */
  readonly userId: number
  readonly url: string
  readonly words: Words
  readonly byLanguage: Readonly<Record<string, Words>>
  readonly options: Readonly<Record<string, unknown>>
}

interface HandlerRow {
  readonly id: number
  readonly application_id: number
  readonly placement: string
  readonly user_id: number
  readonly handler: string
  readonly title: string
  readonly description: string
  readonly group_name: string
  readonly lang_all: string
  readonly options: string
}

const read = (row: HandlerRow): Handler => ({
  id: Number(row.id),
  applicationId: Number(row.application_id),
  placement: row.placement,
  userId: Number(row.user_id),
  url: row.handler,
  words: { TITLE: row.title, DESCRIPTION: row.description, GROUP_NAME: row.group_name },
  byLanguage: JSON.parse(row.lang_all) as Handler['byLanguage'],
  options: JSON.parse(row.options) as Handler['options'],
})

/** Every place of the portal as it is now: smart processes bring places of their own. */
export async function places({ portal }: Pick<Context, 'portal'>, reader: Reader): Promise<ReadonlyMap<string, Place>> {
  const types = await portal.entities.types(reader)
  return placesOf(types.map(({ entity_type_id }) => Number(entity_type_id)).filter(isDynamic))
}

/** What an application has put into places, the oldest first. */
export async function handlersOf(reader: Reader, applicationId: number): Promise<Handler[]> {
  const rows = await reader.find<HandlerRow>(
    sql`select * from placement_handler where application_id = ${applicationId} order by id`,
  )
  return rows.map(read)
}

/** What a person sees in a place: the widgets of applications that are installed, for everyone or for this person. */
export async function handlersIn(
  { portal, person }: Pick<Context, 'portal' | 'person'>,
  reader: Reader,
  placement: string,
): Promise<Handler[]> {
  const rows = await reader.find<HandlerRow>(
    sql`select * from placement_handler where placement = ${placement} and (user_id = 0 or user_id = ${person.id}) order by id`,
  )
  const applications = await portal.applications.all(reader)
  return rows.map(read).filter(({ applicationId }) => applications.get(applicationId)?.installed === true)
}

/** The title in a language, or as it was given for all, or in English. */
export function titleIn({ words, byLanguage }: Pick<Handler, 'words' | 'byLanguage'>, language: string): string {
  const known = Object.hasOwn(byLanguage, language) ? byLanguage[language]?.TITLE : ''
  return known || words.TITLE || byLanguage.en?.TITLE || Object.values(byLanguage)[0]?.TITLE || ''
}

export const isLanguage = (code: string): boolean => (languages as readonly string[]).includes(code)

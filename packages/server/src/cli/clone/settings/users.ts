import { person as personEntity } from '../../../modules/person.ts'
import type { Draft } from '../../../records/change.ts'
import type { Saved } from '../../../records/files.ts'
import { copyWithin } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { user as userTable } from '../../../store/tables.ts'
import { withinOf } from '../parts/bring.ts'
import { digestOf } from '../parts/digest.ts'
import { draftsOf } from '../parts/draft-of.ts'
import { fetchFile } from '../parts/files.ts'
import { freshId, hasId } from '../rows.ts'
import { Refused, type Row, type Source } from '../source.ts'
import type { Clone, Step } from '../step.ts'
import { DEPARTMENT, OURS, translationOf, USER } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { copyDepartments, departmentsIn, finishDepartments } from './departments.ts'
import { copyFields } from './fields.ts'

const name = 'users'
const PICTURES = { PERSONAL_PHOTO: 'personalPhoto', WORK_LOGO: 'workLogo' } as const
/** What changes without anybody's changing it, and what this portal knows itself. */
const FLEETING = ['IS_ONLINE', 'LAST_ACTIVITY_DATE', 'LAST_LOGIN', 'TIMESTAMP_X', ...Object.keys(PICTURES)]
const PAGE = 50

const peopleIn = (source: Source): Promise<Row[]> =>
  source.rows('user.get', { sort: 'ID', order: 'ASC', ADMIN_MODE: true, select: ['*', 'UF_*'] })

/**
 * People, dismissed ones too, with their departments. Nobody gets a password: they are invited when they are to work
 * here. The first person of this portal is the one with the same e-mail there, or else the first person there.
 */
export const users: Step = {
  name,
  async count(source) {
    const people = await source.total('user.get', { sort: 'ID', order: 'ASC', ADMIN_MODE: true })
    try {
      const departments = await source.total('department.get')
      return people === undefined ? undefined : people + (departments ?? 0)
    } catch (cause) {
      if (cause instanceof Refused) return people
      throw cause
    }
  },
  async run(clone) {
    const { source, state, warn } = clone
    const orElse = async <T>(body: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await body()
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause
        warn(cause.message)
        return otherwise
      }
    }
    await orElse(async () => copyFields(clone, name, 'USER', await translationOf(clone)), undefined)
    const departments = await orElse(() => departmentsIn(source), [])
    await copyDepartments(clone, name, departments)
    const people = await peopleIn(source)
    for (let from = Number(state.cursorOf(name, 'people') ?? 0); from < people.length; from += PAGE)
      await write(clone, people.slice(from, from + PAGE), { people, next: from + PAGE })
    await finishDepartments(clone, name, departments)
    await tellGone(clone)
  },
}

interface Place {
  readonly people: readonly Row[]
  readonly next: number
}

async function write(clone: Clone, rows: readonly Row[], { people, next }: Place): Promise<void> {
  const { state, session, target } = clone
  const { portal } = target
  const entity = await portal.entities.get(session, personEntity.entityTypeId)
  const known = await state.known(
    session,
    USER,
    rows.map((row) => textOf(row.ID)),
  )
  const digest = (row: Row): string => digestOf({ ...row, photo: textOf(row.PERSONAL_PHOTO) !== '' }, FLEETING)
  const isSame = (row: Row): boolean => [OURS, digest(row)].includes(known.get(textOf(row.ID))?.digest ?? '')
  const fresh = rows.filter((row) => !isSame(row))
  const drafts = await draftsOf(clone, entity, legacyWire, fresh, {
    without: ['id', 'lastActivityDate', 'isOnline', 'userType'],
  })
  const pictures = await Promise.all(fresh.map((row) => picturesOf(clone, row)))
  const at = { step: name, part: 'people', cursor: String(next), done: next >= people.length, caches: ['people'] }
  try {
    await clone.page(at, async ({ tx, count }) => {
      const departments = await state.all(tx, DEPARTMENT)
      const same = rows.filter((row) => !fresh.includes(row)).map((row) => textOf(row.ID))
      await state.seen(tx, USER, same)
      count('same', same.length)
      for (const [index, row] of fresh.entries()) {
        const draft = drafts[index]
        if (draft === undefined) continue
        for (const [field, saved] of pictures[index] ?? []) draft.values.set(field, saved)
        placeIn(draft, departments)
        const key = textOf(row.ID)
        const there = known.get(key)?.id
        const isThere = there !== undefined && (await hasId(tx, userTable.name, there))
        const id = isThere ? there : await idFor(clone, tx, row, people)
        // The people of a portal that has been in use are its own to describe.
        const isOurs = !isThere && !state.keepsIds && (await hasId(tx, userTable.name, id))
        count(isOurs ? 'same' : await writePerson(clone, tx, { entity, id, row, draft }))
        await state.remember(tx, USER, key, { id, digest: isOurs ? OURS : digest(row), isNew: !known.has(key) })
      }
    })
  } catch (cause) {
    await portal.files.discard(pictures.flatMap((each) => each.map(([, { blob }]) => blob)))
    throw cause
  }
  clone.tick(rows.length)
}

async function picturesOf(clone: Clone, row: Row): Promise<[string, Saved][]> {
  const found: [string, Saved][] = []
  for (const [upper, field] of Object.entries(PICTURES)) {
    const url = textOf(row[upper])
    if (!/^https?:/.test(url)) continue
    const saved = await fetchFile(clone, { urls: [url], of: `user ${textOf(row.ID)}, ${upper}` })
    if (saved !== undefined) found.push([field, saved])
  }
  return found
}

/** Departments by their numbers here. */
function placeIn(draft: Draft, departments: ReadonlyMap<string, number>): void {
  const given = draft.values.get('ufDepartment')
  if (typeof given !== 'string') return
  const ids = (JSON.parse(given) as number[]).flatMap((id) => departments.get(String(id)) ?? [])
  draft.values.set('ufDepartment', JSON.stringify(ids))
}

const emailOf = (row: Row): string => textOf(row.EMAIL).trim().toLowerCase()

/** Whoever is here already by e-mail is that person; the first person there is the first one here, unless another is. */
async function idFor({ state }: Clone, tx: Transaction, row: Row, people: readonly Row[]): Promise<number> {
  const here = await tx.find<{ id: number; email: string | null }>(sql`select id, email from portal_user`)
  const byEmail = new Map(here.map(({ id, email }) => [(email ?? '').trim().toLowerCase(), id]))
  const taken = new Set((await state.all(tx, USER)).values())
  const same = emailOf(row) === '' ? undefined : byEmail.get(emailOf(row))
  if (same !== undefined && !taken.has(same)) return same
  const first = (here.find(({ id }) => id === 1)?.email ?? '').trim().toLowerCase()
  const isMatched = people.some((each) => emailOf(each) !== '' && emailOf(each) === first)
  if (textOf(row.ID) === '1' && state.keepsIds && !isMatched && !taken.has(1)) return 1
  return freshId(tx, userTable, state.keepsIds ? numberOf(row.ID) : undefined)
}

async function writePerson(
  clone: Clone,
  tx: Transaction,
  { entity, id, row, draft }: { entity: Entity; id: number; row: Row; draft: Draft },
): Promise<'made' | 'changed' | 'same'> {
  // Whoever signs in here goes on doing so by the same e-mail, and is not dismissed from afar.
  if (id === 1) for (const field of ['email', 'active']) draft.values.delete(field)
  const what = await copyWithin(withinOf(clone, tx), entity, id, draft)
  if (what === 'made') {
    const type = textOf(row.USER_TYPE) || 'employee'
    await tx.change(
      sql`update portal_user set login = ${textOf(row.EMAIL)}, is_admin = 'N', user_type = ${type} where id = ${id}`,
    )
  }
  return what
}

/** People are never removed: what they have done would be nobody's. */
async function tellGone(clone: Clone): Promise<void> {
  const { state } = clone
  if (state.isDone(name, 'gone')) return
  const gone = await state.gone(clone.session, USER)
  await clone.page({ step: name, part: 'gone', cursor: '', done: true }, async ({ leave }) => {
    for (const { id } of gone) leave('a person whom the source has no more stays here', `user ${id}`)
  })
}

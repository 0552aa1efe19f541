import { type Choice, pick, type PickerTab } from './picker.ts'
import type { Portal } from './portal.ts'

interface User {
  readonly ID: string
  readonly NAME?: string
  readonly LAST_NAME?: string
  readonly EMAIL?: string
  readonly WORK_POSITION?: string
  readonly PERSONAL_PHOTO?: string
}

interface Department {
  readonly ID: string
  readonly NAME: string
}

const nameOf = ({ NAME, LAST_NAME, EMAIL, ID }: User): string =>
  [NAME, LAST_NAME].filter(Boolean).join(' ') || EMAIL || `#${ID}`

async function findUsers(portal: Portal, text: string): Promise<User[]> {
  const filter = { ACTIVE: true, USER_TYPE: 'employee', ...(text === '' ? {} : { FIND: text }) }
  return text === ''
    ? portal.rest<User[]>('user.get', { FILTER: filter, sort: 'LAST_NAME', order: 'ASC' })
    : portal.rest<User[]>('user.search', { FILTER: filter })
}

const noteOf = ({ WORK_POSITION, EMAIL }: User): string => WORK_POSITION || EMAIL || ''

const people = (portal: Portal, choiceOf: (user: User) => Choice): PickerTab => ({
  title: 'People',
  find: async (text) => (await findUsers(portal, text)).map(choiceOf),
})

/** One employee, or several; null is given up (sdk/bx24-js-sdk/system-dialogues/bx24-select-user.md). */
export async function pickUsers(portal: Portal, multiple: boolean): Promise<unknown> {
  const choice = (user: User): Choice => ({
    id: user.ID,
    title: nameOf(user),
    note: noteOf(user),
    value: {
      id: user.ID,
      name: nameOf(user),
      photo: user.PERSONAL_PHOTO ?? '',
      position: user.WORK_POSITION ?? '',
      url: `/company/personal/user/${user.ID}/`,
      sub: false,
      sup: false,
    },
  })
  const title = multiple ? 'Choose people' : 'Choose a person'
  const picked = await pick({ title, multiple, tabs: [people(portal, choice)] })
  if (multiple) return (picked ?? []).map(({ value }) => value)
  return picked?.[0]?.value ?? null
}

/** Who may do something: people, departments with or without those below, everybody (bx24-select-access.md). */
export async function pickAccess(portal: Portal, blocked: readonly string[]): Promise<unknown> {
  const choice = (id: string, title: string, note = ''): Choice => ({ id, title, note, value: { id, name: title } })
  const free = (choices: readonly Choice[]): Choice[] => choices.filter(({ id }) => !blocked.includes(id))
  const has = (text: string, title: string): boolean => title.toLowerCase().includes(text.toLowerCase())
  const groups = [choice('AU', 'All authorised users'), choice('G1', 'Administrators')]
  const tabs: PickerTab[] = [
    {
      title: 'People',
      find: async (text) =>
        free((await findUsers(portal, text)).map((user) => choice(`U${user.ID}`, nameOf(user), noteOf(user)))),
    },
    {
      title: 'Departments',
      async find(text) {
        const all = await portal.rest<Department[]>('department.get', { sort: 'NAME' })
        return free(
          all
            .filter(({ NAME }) => has(text, NAME))
            .flatMap(({ ID, NAME }) => [
              choice(`D${ID}`, NAME, 'The department alone'),
              choice(`DR${ID}`, `${NAME} with sub-departments`, 'The department and all below it'),
            ]),
        )
      },
    },
    { title: 'Groups', find: async (text) => free(groups.filter(({ title }) => has(text, title))) },
  ]
  const picked = await pick({ title: 'Choose who may', multiple: true, tabs })
  return (picked ?? []).map(({ value }) => value)
}

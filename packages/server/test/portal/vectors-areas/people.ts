import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { fresh, must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const addDepartment = (portal: TestPortal, NAME: string, PARENT = 1): Promise<number> =>
  must(portal, 'department.add', { NAME, PARENT })

/** A department of its own in the place of the documented one. */
const itsOwn: Target = async (portal, params) => ({ ...params, ID: await addDepartment(portal, 'Of its own') })

/** A user field of people in the place of the documented one. */
const itsField: Target = async (portal, params) => ({
  ...params,
  id: await must(portal, 'user.userfield.add', {
    fields: { FIELD_NAME: `NOTE${fresh()}`, USER_TYPE_ID: 'string' },
  }),
})

const options = { data: 'value', data2: 'value2' }

/** The documented settings, written by the application that reads them. */
const saved =
  (method: string): Target =>
  async (portal, params) => {
    const { status } = await portal.call(method, { options }, { token: await applicationToken(portal) })
    if (status !== 200) throw new Error(`${method} was refused`)
    return params
  }
/** The page has two answers: the second is that to a request for one setting. */
const oneOption = { 0: { answer: { result: 'value' }, why: 'the page shows this answer to a request with `option`' } }
const noOptions: Provocation = { change: () => ({ options: {} }) }

export const people: VectorArea = {
  byApplication: ['app.option.get', 'app.option.set', 'user.option.get', 'user.option.set'],
  standIns: { 'app.option.get': oneOption, 'user.option.get': oneOption },
  targets: {
    'app.option.get': saved('app.option.set'),
    'user.option.get': saved('user.option.set'),
    'user.userfield.update': itsField,
    'user.userfield.delete': itsField,
    async 'user.userfield.list'(portal) {
      const list = [{ VALUE: '1' }, { VALUE: '2', SORT: 100 }, { VALUE: '3', SORT: 200 }]
      const choice = await must(portal, 'user.userfield.add', {
        fields: {
          FIELD_NAME: `CHOICE${fresh()}`,
          USER_TYPE_ID: 'enumeration',
          MULTIPLE: 'Y',
          SHOW_FILTER: 'Y',
          LIST: list,
        },
      })
      const money = await must(portal, 'user.userfield.add', {
        fields: { FIELD_NAME: `MONEY${fresh()}`, USER_TYPE_ID: 'money' },
      })
      // The request names one field, the answer shows two.
      return { order: { id: 'asc' }, filter: { id: [choice, money] } }
    },
    'department.add': async (portal, params) => ({ ...params, PARENT: await addDepartment(portal, 'R&D') }),
    'department.update': itsOwn,
    'department.delete': itsOwn,
    async 'department.get'(portal, params) {
      const PARENT = await addDepartment(portal, 'The company of the page')
      for (const name of ['R&D', 'Accounting', 'Marketing and Advertising Department', 'Sales Department', 'Legal'])
        await addDepartment(portal, name, PARENT)
      return { ...params, PARENT }
    },
  },
  differences: {
    'user.search': [
      { at: 'answer.result[].XML_ID: extra', why: 'the Python SDK finds it in every profile' },
      {
        at: /\.(LAST_ACTIVITY_DATE|TIMESTAMP_X): string instead of map$/,
        why: 'an empty object says nothing; user.current and the page of batch show these as texts',
      },
    ],
  },
  provocations: {
    'user.add': { change: (params) => ({ ...params, EMAIL: 'nobody' }) },
    'user.update': { by: 'nobody' },
    'app.option.set': noOptions,
    'user.option.set': noOptions,
    'app.option.get': {},
    'user.option.get': {},
    'feature.get': { change: () => ({}) },
    'user.userfield.add': {
      change: ({ fields }) => ({ fields: { ...(fields as object), FIELD_NAME: undefined } }),
    },
    'department.add': { change: ({ NAME: _without, ...params }) => params },
    'department.update': { change: (params) => ({ ...params, ID: 999_999 }) },
    'department.delete': { change: (params) => ({ ...params, ID: 999_999 }) },
  },
}

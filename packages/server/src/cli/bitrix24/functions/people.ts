import { id, local, map, oppositeLetter, optional, post, standard, text } from '../function.ts'
import { structure } from '../structures/structure.ts'
import { userFilter } from '../structures/user.ts'
import { empty } from './leads-and-deals.ts'

const depid = id('The department’s id')
const title = text('The department’s name')
const place = {
  parentid: optional(id('The department above it')),
  headid: optional(id('Who leads it')),
}
const departmentBody = { NAME: 'title', PARENT: 'parentid', UF_HEAD: 'headid' }
const wholeBody = { ID: 'depid', ...departmentBody }

export const departments = [
  post('CreateDepartment', 'department.add', 'Make a department', { title, ...place }, departmentBody),
  post(
    'UpdateDepartment',
    'department.update',
    'Change a department',
    { depid, title: optional(title), ...place },
    wholeBody,
  ),
  post(
    'GetDepartments',
    'department.get',
    'List departments',
    { depid: optional(depid), title: optional(title), ...place },
    wholeBody,
  ),
  post('DeleteDepartment', 'department.delete', 'Delete a department', { depid }, { ID: 'depid' }),
]

const userid = id('The person’s id')
const fields = map('Fields of the person; GetUserFieldsStructure shows them')

export const users = [
  post('GetCurrentUser', 'user.current', 'Show who is calling'),
  post('GetUser', 'user.get', 'Show a person', { userid }, { ID: 'userid' }),
  post('CreateUser', 'user.add', 'Invite a person', { fields }, { '...': 'fields' }),
  post('UpdateUser', 'user.update', 'Change a person', { userid, fields }, { '...': 'fields', ID: 'userid' }),
  post(
    'ChangeUserStatus',
    'user.update',
    'Dismiss a person, or take one back',
    { userid, fire: standard('true', oppositeLetter('true dismisses, false takes back')) },
    { ACTIVE: 'fire', ID: 'userid' },
  ),
  post(
    'FindUsers',
    'user.search',
    'Look for people',
    { filter: map('Fields and the values that are looked for; GetUserFilterStructure shows them') },
    { FILTER: 'filter' },
  ),
  post('GetUserFieldsStructure', 'user.fields', 'Show the fields of people'),
  local('GetUserFilterStructure', 'Show what FindUsers can filter by', empty, structure(userFilter)),
]

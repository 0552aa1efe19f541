import type { TestPortal } from '../../support/portal.ts'
import { callV3 } from '../../support/rest-v3.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { DocumentedErrorV3, Provocation } from '../vectors-refusals.ts'
import { must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

async function node(portal: TestPortal, name: string, parentId = 1): Promise<number> {
  const { body } = await callV3(portal, 'humanresources.node.add', { type: 'DEPARTMENT', name, parentId })
  return body.result.id
}

const pool = new WeakMap<TestPortal, Promise<number[]>>()

/** A few people who stand in for the documented ones, the same for all requests: other methods list everybody. */
async function people(portal: TestPortal, count: number): Promise<number[]> {
  let known = pool.get(portal)
  if (known === undefined) pool.set(portal, (known = hire(portal)))
  return (await known).slice(0, count)
}

async function hire(portal: TestPortal): Promise<number[]> {
  const hired: number[] = []
  for (let number = 1; number <= 5; number++)
    hired.push(
      await must(portal, 'user.add', {
        EMAIL: `employee${number}@example.com`,
        NAME: 'John',
        LAST_NAME: 'Smith',
        UF_DEPARTMENT: [1],
      }),
    )
  return hired
}

const staff = async (portal: TestPortal, nodeId: number, userIds: readonly number[], role = 'MEMBER_EMPLOYEE') =>
  callV3(portal, 'humanresources.node.member.add', { nodeId, userIds, role })

const itsOwn: Target = async (portal, params) => ({ ...params, id: await node(portal, 'Of its own') })
/** A node and people in the place of the documented ones. */
const staffed: Target = async (portal, params) => {
  const nodeId = await node(portal, 'Staffed')
  const { userIds } = params
  return {
    ...params,
    nodeId,
    userIds: Array.isArray(userIds) ? await people(portal, userIds.length) : await named(portal, userIds as Parameters),
  }
}

/** Others under every role. */
async function named(portal: TestPortal, roles: Parameters): Promise<Parameters> {
  const left = await people(portal, 5)
  return Object.fromEntries(
    Object.entries(roles).map(([role, ids]) => [role, left.splice(0, (ids as unknown[]).length)]),
  )
}

const VALIDATION = 'BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION'
const sameWords =
  'the pages have three translations of one text: "Error during request object validation" is the most frequent'
const validation = (field: string, message: string): { instead: DocumentedErrorV3; why: string } => ({
  instead: {
    error: { code: VALIDATION, message: 'Error during request object validation', validation: [{ message, field }] },
  },
  why: sameWords,
})
const UNKNOWN = 999_999
const notFound: { instead: DocumentedErrorV3; why: string } = {
  instead: {
    error: {
      code: 'BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION',
      message: `Record with ID = \`${UNKNOWN}\` not found`,
    },
  },
  why: 'the page asks for another id, and some pages end the text with a full stop',
}

const without = (name: string): Provocation => ({
  change: (params) => Object.fromEntries(Object.entries(params).filter(([key]) => key !== name)),
})
const withField = (name: string, value: unknown): Provocation => ({
  change: (params) => ({ ...params, [name]: value }),
})
const noPicture = [
  { at: /\.avatar: null instead of string$/, why: 'who has no picture has none: humanresources.node.add shows null' },
]
const noChats = 'there are no chats, channels and collabs'
const prefix = 'humanresources.'

export const humanResources: VectorArea = {
  targets: {
    [`${prefix}node.add`]: async (portal, params) => {
      const [head, ...others] = await people(portal, 3)
      return { ...params, userIds: { MEMBER_HEAD: [head], MEMBER_EMPLOYEE: others } }
    },
    [`${prefix}node.get`]: async (portal, params) => {
      const id = await node(portal, 'Sales Department')
      await staff(portal, id, await people(portal, 1))
      return { ...params, id }
    },
    [`${prefix}node.children`]: async (portal, params) => {
      const id = await node(portal, 'Parent')
      await node(portal, 'B2B Sales', id)
      return { ...params, id }
    },
    [`${prefix}node.edit`]: itsOwn,
    [`${prefix}node.move`]: async (portal, params) => ({
      ...params,
      id: await node(portal, 'Moved'),
      parentId: await node(portal, 'Above'),
    }),
    [`${prefix}node.search`]: async (portal, params) => {
      await node(portal, 'B2B Sales')
      return params
    },
    [`${prefix}node.member.add`]: staffed,
    [`${prefix}node.member.set`]: staffed,
    [`${prefix}node.member.move`]: staffed,
    [`${prefix}node.member.remove`]: async (portal, params) => {
      const nodeId = await node(portal, 'Shrinking')
      await staff(portal, nodeId, await people(portal, 2))
      return { ...params, nodeId, userIds: await people(portal, 3) }
    },
    [`${prefix}node.communication.list`]: itsOwn,
    [`${prefix}node.communication.edit`]: async (portal, params) => ({
      ...params,
      nodeId: await node(portal, 'Silent'),
    }),
    [`${prefix}employee.search`]: async (portal, params) => {
      await people(portal, 1)
      return params
    },
    [`${prefix}employee.multidepartment`]: async (portal, params) => {
      await staff(portal, await node(portal, 'Second'), await people(portal, 1))
      return params
    },
    [`${prefix}employee.subordinates`]: async (portal, params) => {
      const nodeId = await node(portal, 'Headed')
      const [id = 0] = await people(portal, 1)
      await staff(portal, nodeId, [id], 'MEMBER_HEAD')
      return { ...params, id }
    },
  },
  differences: {
    [`${prefix}node.get`]: noPicture,
    [`${prefix}employee.search`]: noPicture,
    [`${prefix}node.communication.list`]: [{ at: /\.(channels|chats|collabs): empty$/, why: noChats }],
  },
  amended: {
    [`${prefix}node.add`]: validation('name', 'Required field `name` is not specified'),
    [`${prefix}node.children`]: validation('id', 'Required field `id` is not specified'),
    [`${prefix}node.edit`]: validation(
      'name',
      'At least one of the following fields must be provided: name, description, colorName.',
    ),
    [`${prefix}node.move`]: validation('parentId', 'Required field `parentId` is not specified'),
    [`${prefix}node.search`]: validation('name', 'Required field `name` is not specified'),
    [`${prefix}node.member.remove`]: validation(
      'userIds',
      'Parameter "userIds" is required and must be a non-empty array.',
    ),
    [`${prefix}node.communication.list`]: validation('id', 'Required field `id` is not specified'),
    [`${prefix}node.get`]: notFound,
    [`${prefix}node.member.move`]: notFound,
  },
  provocations: {
    [`${prefix}node.add`]: without('name'),
    [`${prefix}node.children`]: without('id'),
    [`${prefix}node.edit`]: { change: ({ id }) => ({ id }) },
    [`${prefix}node.get`]: withField('id', UNKNOWN),
    [`${prefix}node.list`]: withField('pagination', { limit: 'abc' }),
    [`${prefix}node.move`]: without('parentId'),
    [`${prefix}node.search`]: without('name'),
    [`${prefix}node.field.get`]: without('name'),
    [`${prefix}node.field.list`]: withField('select', ['unknownField']),
    [`${prefix}node.member.add`]: without('role'),
    [`${prefix}node.member.set`]: withField('userIds', { MEMBER_OWNER: [1] }),
    [`${prefix}node.member.move`]: withField('nodeId', UNKNOWN),
    [`${prefix}node.member.remove`]: withField('userIds', []),
    [`${prefix}node.communication.list`]: without('id'),
    [`${prefix}node.communication.edit`]: without('communicationType'),
    [`${prefix}employee.search`]: without('name'),
    [`${prefix}employee.subordinates`]: withField('id', 0),
    [`${prefix}employee.field.get`]: without('name'),
  },
}

import { methodV3, needV3, takeV3 } from '../../methods/v3.ts'
import { Structure } from '../people/structure.ts'
import { nodeOf } from './node-methods.ts'
import { fault, given, requireWriting } from './words.ts'

const scope = 'humanresources'
const TYPES = ['CHAT', 'CHANNEL', 'COLLAB']
const list = { type: 'array', items: {} } as const
const number = { type: 'integer' } as const

export const communicationMethods = [
  methodV3({
    name: 'humanresources.node.communication.list',
    scope,
    partial: 'There are no chats, channels and collabs: every list is empty.',
    params: { id: needV3.integer },
    returns: {
      type: 'object',
      properties: {
        channels: list,
        channelsNoAccess: number,
        chats: list,
        chatsNoAccess: number,
        collabs: list,
        collabsNoAccess: number,
      },
    },
    async run({ id }, call) {
      nodeOf(await Structure.load(call.session, call.portal.people), id)
      return { channels: [], channelsNoAccess: 0, chats: [], chatsNoAccess: 0, collabs: [], collabsNoAccess: 0 }
    },
  }),
  methodV3({
    name: 'humanresources.node.communication.edit',
    scope,
    partial: 'There are no chats, channels and collabs: nothing is created or bound, and `success` is false.',
    params: {
      nodeId: takeV3.integer,
      communicationType: takeV3.text,
      createDefault: takeV3.flag,
      ids: takeV3.list,
      removeIds: takeV3.list,
      withChildren: takeV3.flag,
    },
    returns: { type: 'object', properties: { success: { type: 'boolean' } } },
    async run({ nodeId, communicationType }, call) {
      await requireWriting(call)
      const id = given('nodeId', nodeId)
      if (!TYPES.includes(given('communicationType', communicationType)))
        throw fault('communicationType', `Invalid "communicationType" value. Allowed: ${TYPES.join(', ')}.`)
      nodeOf(await Structure.load(call.session, call.portal.people), id)
      // "True if communications were changed": there is none that could be.
      return { success: false }
    },
  }),
]

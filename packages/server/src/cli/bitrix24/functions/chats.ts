import {
  base64,
  id,
  letter,
  list,
  local,
  map,
  optional,
  type Options,
  type PortalFunction,
  post,
  standard,
  text,
  word,
} from '../function.ts'
import { chat as chatFields } from '../structures/chat.ts'
import { structure } from '../structures/structure.ts'
import { empty } from './leads-and-deals.ts'

const chat = id('The chat’s id')
const dialog = id('chatN, or the id of a person')
const message = id('The message’s id')
const user = id('The person’s id')
const ofChat = { CHAT_ID: 'chat' }
const ofDialog = { DIALOG_ID: 'chat' }
const ofMessage = { MESSAGE_ID: 'message' }

const inChat = (name: string, method: string, about: string, options: Options = {}, body = {}): PortalFunction =>
  post(name, method, about, { chat, ...options }, { ...ofChat, ...body })
const inDialog = (name: string, method: string, about: string): PortalFunction =>
  post(name, method, about, { chat: dialog }, ofDialog)

export const chats = [
  post(
    'CreateChat',
    'im.chat.add',
    'Make a chat',
    { fields: map('The chat; GetChatStructure shows its fields') },
    { '...': 'fields' },
  ),
  inChat('GetChatUsers', 'im.chat.user.list', 'List the ids of a chat’s members'),
  inChat('LeaveChat', 'im.chat.leave', 'Leave a chat'),
  post(
    'GetUsers',
    'im.user.list.get',
    'Show people as chats know them',
    { users: list('Ids of people') },
    { ID: 'users' },
  ),
  inChat(
    'AddUsersToChat',
    'im.chat.user.add',
    'Add members to a chat',
    { users: list('Ids of people'), hide: standard('false', letter('Hide what was written before')) },
    { USERS: 'users', HIDE_HISTORY: 'hide' },
  ),
  inChat('DeleteUserFromChat', 'im.chat.user.delete', 'Remove a member from a chat', { user }, { USER_ID: 'user' }),
  inChat(
    'ChangeChatTitle',
    'im.chat.updateTitle',
    'Rename a chat',
    { title: text('The new name') },
    { TITLE: 'title' },
  ),
  inChat(
    'ChangeChatColor',
    'im.chat.updateColor',
    'Give a chat another colour',
    { color: word('RED, GREEN, MINT, …') },
    { COLOR: 'color' },
  ),
  inChat(
    'ChangeChatPicture',
    'im.chat.updateAvatar',
    'Give a chat another picture',
    { picture: base64('The picture') },
    { AVATAR: 'picture' },
  ),
  inChat('ChangeChatOwner', 'im.chat.setOwner', 'Give a chat another owner', { user }, { USER_ID: 'user' }),
  inChat('DisableChatNotifications', 'im.chat.mute', 'Turn a chat’s notifications off', {}, { MUTE: () => 'Y' }),
  inChat('EnableChatNotifications', 'im.chat.mute', 'Turn a chat’s notifications on', {}, { MUTE: () => 'N' }),
  post(
    'GetChatMessagesList',
    'im.dialog.messages.get',
    'List the messages of a chat, 20 at a time',
    {
      chat: dialog,
      last: optional(id('The messages before this one')),
      first: optional(id('The messages after this one')),
    },
    { ...ofDialog, LAST_ID: 'last', FIRST_ID: 'first' },
  ),
  inDialog('GetDialog', 'im.dialog.get', 'Show a chat'),
  inDialog('GetChatMembersList', 'im.dialog.users.list', 'List the members of a chat'),
  inDialog('SendWritingNotification', 'im.dialog.writing', 'Show that one is writing'),
  post('GetUserStatus', 'im.user.status.get', 'Show one’s own status'),
  post(
    'SetUserStatus',
    'im.user.status.set',
    'Change one’s own status',
    { status: word('online, dnd or away') },
    { STATUS: 'status' },
  ),
  post('ReadAll', 'im.dialog.read.all', 'Mark everything as read'),
  inChat('GetChatFilesFolder', 'im.disk.folder.get', 'Show the folder of a chat’s files'),
  local('GetChatStructure', 'Show what a chat consists of', empty, structure(chatFields)),
]

const blocks = optional(list('Attachments; GetPictureBlock and GetFileBlock make some'))
const inMessage = (name: string, method: string, about: string): PortalFunction =>
  post(name, method, about, { message }, ofMessage)
const markUntil = (name: string, method: string, about: string): PortalFunction =>
  post(name, method, about, { chat: dialog, message }, { ...ofDialog, ...ofMessage })
/** An attachment that points to something on the web. */
const block = (name: string, key: string, about: string): PortalFunction =>
  local(name, about, { title: text('Its name'), url: word('Where it is') }, ({ title, url }) => ({
    [key]: { NAME: title, LINK: url },
  }))

export const messages = [
  post(
    'SendMessage',
    'im.message.add',
    'Send a message',
    { chat: dialog, text: text('The message'), blocks },
    { ...ofDialog, MESSAGE: 'text', ATTACH: 'blocks' },
  ),
  post(
    'EditMessage',
    'im.message.update',
    'Change a message',
    { message, text: optional(text('The new message')), blocks },
    { ...ofMessage, MESSAGE: 'text', ATTACH: 'blocks' },
  ),
  inMessage('SetMessageReaction', 'im.message.like', 'Like a message, or stop liking it'),
  inMessage('DeleteMessage', 'im.message.delete', 'Delete a message'),
  inChat(
    'SendFile',
    'im.disk.file.commit',
    'Send a file of the drive to a chat',
    { fileid: id('The file’s id'), description: optional(text('What to say about it')) },
    { UPLOAD_ID: 'fileid', MESSAGE: 'description' },
  ),
  markUntil('MarkMessageAsReaded', 'im.dialog.read', 'Mark messages up to this one as read'),
  markUntil('MarkMessageAsUnreaded', 'im.dialog.unread', 'Mark messages from this one on as unread'),
  block('GetPictureBlock', 'IMAGE', 'Make an attachment of a picture'),
  block('GetFileBlock', 'FILE', 'Make an attachment of a file'),
]

const notify = (name: string, verb: string, about: string): PortalFunction =>
  post(
    name,
    `im.notify.${verb}.add`,
    about,
    { user, text: text('The notification'), tag: optional(word('Replaces the one with the same tag')), blocks },
    { USER_ID: 'user', MESSAGE: 'text', TAG: 'tag', ATTACH: 'blocks' },
  )

export const notifications = [
  notify('CreatePersonalNotification', 'personal', 'Notify somebody in one’s own name'),
  notify('CreateSystemNotification', 'system', 'Notify somebody in the portal’s name'),
  post(
    'DeleteNotification',
    'im.notify.delete',
    'Delete a notification',
    { notif: id('The notification’s id') },
    { ID: 'notif' },
  ),
]

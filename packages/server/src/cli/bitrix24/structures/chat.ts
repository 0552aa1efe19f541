/** What `im.chat.add` takes (api-reference/chats/im-chat-add.md). */
export const chat = {
  TYPE: 'OPEN: for everybody, CHAT: for its members',
  TITLE: 'name',
  DESCRIPTION: 'description',
  COLOR: 'colour: RED, GREEN, MINT, LIGHT_BLUE, DARK_BLUE, PURPLE, AQUA, PINK, …',
  MESSAGE: 'the first message',
  USERS: 'list of the members’ ids',
  AVATAR: 'picture in base64',
  OWNER_ID: 'id of the owner; whoever calls, if not given',
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../support/command-line.ts'
import { recorder } from './recorder.ts'

const { inProcess, home } = commandLine()
const server = await recorder(() => ({ body: '{"result":true}' }))
writeFileSync(join(home, 'picture.png'), 'hello')

/** What a line sends, without a token: the method, and the body as it went out. */
async function sent(
  name: string,
  ...options: string[]
): Promise<{ line: string; body: string; out: string; err: string }> {
  const { code, out, err } = await inProcess(['bitrix24', name, '--url', `${server.host}/rest/1/abc`, ...options])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [request, ...more] = server.requests()
  expect(more).toEqual([])
  return { line: `${request?.http} ${request?.path.replace('/rest/1/abc/', '')}`, body: request?.body ?? '', out, err }
}

describe('what goes over the wire', () => {
  it.each([
    // Lists: nothing at all without options, an offset as it was typed.
    ['GetLeadsList', [], 'POST crm.lead.list', ''],
    ['GetLeadsList', ['--offset', '0'], 'POST crm.lead.list', '{"start":"0"}'],
    [
      'GetDealsList',
      ['--filter', '{"TITLE":"x"}', '--offset', '50'],
      'POST crm.deal.list',
      '{"filter":{"TITLE":"x"},"start":"50"}',
    ],
    ['GetLeadsList', ['--filter', '{}'], 'POST crm.lead.list', ''],
    // Numbers in fields stay numbers; nothing is dropped inside of them.
    [
      'CreateDeal',
      ['--fields', '{"OPPORTUNITY":5000,"TITLE":""}'],
      'POST crm.deal.add',
      '{"fields":{"OPPORTUNITY":5000,"TITLE":""}}',
    ],
    [
      'CreateUser',
      ['--fields', '{"EMAIL":"a@example.com","UF_DEPARTMENT":[1]}'],
      'POST user.add',
      '{"EMAIL":"a@example.com","UF_DEPARTMENT":[1]}',
    ],
    ['UpdateUser', ['--userid', '5', '--fields', '{"NAME":"A"}'], 'POST user.update', '{"NAME":"A","ID":"5"}'],
    ['ChangeUserStatus', ['--userid', '5'], 'POST user.update', '{"ACTIVE":"N","ID":"5"}'],
    ['ChangeUserStatus', ['--userid', '5', '--fire', 'false'], 'POST user.update', '{"ACTIVE":"Y","ID":"5"}'],
    ['GetDepartments', ['--parentid', '1'], 'POST department.get', '{"PARENT":"1"}'],
    // Calendars spread their fields, and filter by three things only.
    [
      'CreateCalendar',
      ['--fields', "{'type':'user','ownerId':1}"],
      'POST calendar.section.add',
      '{"type":"user","ownerId":1}',
    ],
    [
      'UpdateCalendar',
      ['--calendar', '7', '--fields', "{'name':'x'}"],
      'POST calendar.section.update',
      '{"id":"7","name":"x"}',
    ],
    [
      'DeleteCalendar',
      ['--calendar', '7', '--owner', '1', '--type', 'user'],
      'POST calendar.section.delete',
      '{"type":"user","ownerId":"1","id":"7"}',
    ],
    [
      'GetUserBusy',
      ['--users', '1', '--from', '2024-01-31T10:00:00', '--to', '20240201'],
      'POST calendar.accessibility.get',
      '{"users":["1"],"from":"2024-01-31","to":"2024-02-01"}',
    ],
    [
      'GetCalendarEvents',
      ['--owner', '1', '--type', 'user', '--filter', '{"from":"2024-01-31T10:00:00","section":5,"name":"x"}'],
      'POST calendar.event.get',
      '{"type":"user","ownerId":"1","from":"2024-01-31","section":[5]}',
    ],
    ['GetCustomCalendarSettings', [], 'GET calendar.user.settings.get', ''],
    // Tasks.
    ['GetTask', ['--task', '11'], 'POST tasks.task.get', '{"taskId":"11"}'],
    ['GetTasksList', ['--select', 'TITLE'], 'POST tasks.task.list', '{"select":["TITLE"]}'],
    [
      'CheckTaskAccesses',
      ['--task', '11', '--users', '[1,2]'],
      'POST tasks.task.getaccess',
      '{"taskId":"11","users":[1,2]}',
    ],
    [
      'CreateTasksDependencies',
      ['--taskfrom', '1', '--taskto', '2', '--linktype', '0'],
      'POST task.dependence.add',
      '{"taskIdFrom":"1","taskIdTo":"2","linkType":"0"}',
    ],
    [
      'AddTasksChecklistElement',
      ['--task', '1', '--text', 'Buy', '--complete', 'true'],
      'POST task.checklistitem.add',
      '{"TASKID":"1","FIELDS":{"TITLE":"Buy","IS_COMPLETE":"Y"}}',
    ],
    ['GetTaskCommentsList', ['--task', '1'], 'POST task.commentitem.getlist', '{"taskId":"1"}'],
    [
      'AddKanbanStage',
      ['--title', 'New'],
      'POST task.stages.add',
      '{"fields":{"TITLE":"New","COLOR":"FFD800","isAdmin":"N"}}',
    ],
    ['GetKanbanStages', [], 'POST task.stages.get', '{"entityId":"0","isAdmin":"N"}'],
    [
      'MoveTaskToKanbanStage',
      ['--task', '1', '--stage', '2'],
      'POST task.stages.movetask',
      '{"id":"1","stageId":"2","after":"0"}',
    ],
    [
      'MoveTaskToKanbanStage',
      ['--task', '1', '--stage', '2', '--before', '3'],
      'POST task.stages.movetask',
      '{"id":"1","stageId":"2","before":"3"}',
    ],
    [
      'AddTaskTimeAccounting',
      ['--task', '1', '--amount', '60', '--date', '2024-01-31T10:00'],
      'POST task.elapseditem.add',
      '{"TASKID":"1","ARFIELDS":{"SECONDS":"60","CREATED_DATE":"2024-01-31T10:00:00"}}',
    ],
    [
      'StartTimekeeping',
      ['--time', '2024-01-31T10:00:00+03:00'],
      'POST timeman.open',
      '{"TIME":"2024-01-31T07:00:00Z"}',
    ],
    // The feed, the drive, chats.
    [
      'CreatePost',
      ['--text', 'Hi\\nall'],
      'POST log.blogpost.add',
      '{"POST_MESSAGE":"Hi\\nall","DEST":["UA"],"IMPORTANT":"N"}',
    ],
    [
      'CreatePost',
      ['--text', 'x', '--vision', '["U1","DR2"]', '--files', '{"a.png":"picture.png"}'],
      'POST log.blogpost.add',
      '{"POST_MESSAGE":"x","DEST":["U1","DR2"],"IMPORTANT":"N","FILES":[["a.png","aGVsbG8="]]}',
    ],
    [
      'MakeFolderCopy',
      ['--folderid', '1', '--tagetid', '2'],
      'POST disk.folder.copyto',
      '{"id":"1","targetFolderId":"2"}',
    ],
    [
      'CreateStorageFolder',
      ['--storageid', '1', '--title', 'A'],
      'POST disk.storage.addfolder',
      '{"id":"1","data":{"NAME":"A"}}',
    ],
    [
      'UploadFileToStorage',
      ['--title', 'a.png', '--file', 'picture.png', '--storageid', '3'],
      'POST disk.storage.uploadfile',
      '{"data":{"NAME":"a.png"},"id":"3","fileContent":["a.png","aGVsbG8="]}',
    ],
    ['GetStoragesList', [], 'POST disk.storage.getlist', ''],
    ['DisableChatNotifications', ['--chat', '4'], 'POST im.chat.mute', '{"CHAT_ID":"4","MUTE":"Y"}'],
    [
      'ChangeChatPicture',
      ['--chat', '4', '--picture', 'picture.png'],
      'POST im.chat.updateAvatar',
      '{"CHAT_ID":"4","AVATAR":"aGVsbG8="}',
    ],
    [
      'SendMessage',
      ['--chat', 'chat4', '--text', 'x', '--blocks', '{"IMAGE":{}}'],
      'POST im.message.add',
      '{"DIALOG_ID":"chat4","MESSAGE":"x","ATTACH":[{"IMAGE":{}}]}',
    ],
  ])('%s %j', async (name, options, line, body) => {
    expect(await sent(name, ...options)).toMatchObject({ line, body })
  })

  it('a token goes first, in the body or, with GET, in the query', async () => {
    const call = (...line: string[]) => inProcess(['bitrix24', ...line, '--url', server.host, '--token', 'a b&c'])
    await call('GetLead', '--lead', '5')
    await call('GetCurrentUser')
    await call('GetDealStructure')
    expect(server.requests().map(({ path, body }) => [path, body])).toEqual([
      ['/rest/crm.lead.get', '{"auth":"a b&c","id":"5"}'],
      ['/rest/user.current', '{"auth":"a b&c"}'],
      ['/rest/crm.deal.fields?auth=a+b%26c', ''],
    ])
  })

  it('texts know \\n, but paths and JSON do not', async () => {
    expect((await sent('SendMessage', '--chat', '1', '--text', 'a\\nb\\\\nc')).body).toContain(
      '"MESSAGE":"a\\nb\\\\nc"',
    )
    expect((await sent('SendMessage', '--chat', '1', '--text', '[b]a\\nb[/b]')).body).toContain(
      '"MESSAGE":"[b]a\\\\nb[/b]"',
    )
  })
})

describe('the two calls of a drive that are more than one', () => {
  it('GetFolderFilterStructure shows what may be filtered by', async () => {
    const fields = {
      ID: { TYPE: 'integer', USE_IN_FILTER: true },
      NAME: { TYPE: 'string', USE_IN_FILTER: true },
      CODE: { TYPE: 'string', USE_IN_FILTER: false },
    }
    const drive = await recorder(() => ({ body: JSON.stringify({ result: fields }) }))
    const url = `${drive.host}/rest/1/abc`
    const full = await inProcess(['bitrix24', 'GetFolderFilterStructure', '--url', url])
    expect(JSON.parse(full.out)).toEqual({ ID: 'integer', NAME: 'string' })
    const empty = await inProcess(['bitrix24', 'GetFolderFilterStructure', '--url', url, '--empty', 'true'])
    expect(JSON.parse(empty.out)).toEqual({ ID: '', NAME: '' })
    expect(drive.requests()).toMatchObject([{ path: '/rest/1/abc/disk.folder.getfields', body: '' }, {}])
  })

  it('UploadFileToFolder asks where to, and sends the file there', async () => {
    const drive = await recorder(({ path }) => ({
      body: path.startsWith('/upload')
        ? '{"result":{"ID":7}}'
        : JSON.stringify({ result: { field: 'file', uploadUrl: `http://${drive.host}/upload?token=secret` } }),
    }))
    const ended = await inProcess([
      'bitrix24',
      'UploadFileToFolder',
      ...'--title a.png --file picture.png --folderid 8 --debug'.split(' '),
      '--url',
      `${drive.host}/rest/1/abc`,
    ])
    expect(ended.code).toBe(0)
    expect(JSON.parse(ended.out)).toEqual({ result: { ID: 7 } })
    expect(ended.err).not.toMatch(/secret|abc/)
    const [asked, uploaded] = drive.requests()
    expect(asked).toMatchObject({ http: 'GET', path: '/rest/1/abc/disk.folder.uploadFile?id=8', body: '' })
    expect(uploaded).toMatchObject({ http: 'POST', path: '/upload?token=secret' })
    expect(uploaded?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(uploaded?.body).toMatch(/name="file"; filename="a\.png"[^]*hello/)
  })
})

it('a portal that names no address for a file gets none', async () => {
  const drive = await recorder(() => ({ body: '{"result":{"field":"file","uploadUrl":"file:///etc/passwd"}}' }))
  const line = 'bitrix24 UploadFileToFolder --title a.png --file picture.png --folderid 8 --url'
  const ended = await inProcess([...line.split(' '), `${drive.host}/rest/1/abc`])
  expect(ended).toMatchObject({ code: 99, out: '', err: expect.stringContaining('no address for the file') })
  expect(drive.requests()).toHaveLength(1)
})

describe('tokens', () => {
  it('are asked of the server that issues them, and shown as they come', async () => {
    const issuer = await recorder(() => ({ body: '{"access_token":"new","refresh_token":"next"}' }))
    const client = ['--clientid', 'app.1', '--clientsecret', 'shh', '--server', issuer.host]
    const got = await inProcess(['bitrix24', 'GetToken', ...client, '--code', 'once'])
    expect(JSON.parse(got.out)).toEqual({ access_token: 'new', refresh_token: 'next' })
    await inProcess(['bitrix24', 'RefreshToken', ...client, '--refresh', 'old'])
    expect(issuer.requests().map(({ http, path }) => `${http} ${path}`)).toEqual([
      'GET /oauth/token/?grant_type=authorization_code&client_id=app.1&client_secret=shh&code=once',
      'GET /oauth/token/?grant_type=refresh_token&client_id=app.1&client_secret=shh&refresh_token=old',
    ])
  })

  it('come from oauth.bitrix.info unless told otherwise', async () => {
    const line = 'bitrix24 RefreshToken --clientid app.1 --clientsecret shh --refresh old --test'
    const { out } = await inProcess(line.split(' '))
    expect(out.split('\n')[0]).toBe(
      'GET https://oauth.bitrix.info/oauth/token/?grant_type=refresh_token&client_id=app.1&client_secret=***&refresh_token=***',
    )
  })
})

import {
  id,
  letter,
  local,
  map,
  moment,
  optional,
  type PortalFunction,
  post,
  standard,
  text,
  truth,
  utcMoment,
  word,
} from '../function.ts'
import { structure } from '../structures/structure.ts'
import { comment as commentFields } from '../structures/task.ts'
import { empty } from './leads-and-deals.ts'
import { ofTask, task } from './tasks.ts'

const ofList = { TASKID: 'task' }

const fieldid = id('The field’s id')
const fieldOptions = {
  externalid: optional(word('What other systems call it')),
  title: optional(text('The field’s title')),
  label: optional(map('The title in a form by language: {"en":"…"}')),
}
const fieldBody = { XML_ID: 'externalid', LABEL: 'title', EDIT_FORM_LABEL: 'label' }

export const taskFields = [
  post('GetCustomTaskFieldsList', 'task.item.userfield.getlist', 'List the user fields of tasks'),
  post(
    'AddCustomTaskField',
    'task.item.userfield.add',
    'Make a user field of tasks',
    { type: word('string, double, date or boolean'), fieldname: word('The field’s name'), ...fieldOptions },
    { PARAMS: { USER_TYPE_ID: 'type', FIELD_NAME: 'fieldname', ...fieldBody } },
  ),
  post(
    'UpdateCustomTaskField',
    'task.item.userfield.update',
    'Change a user field of tasks',
    { fieldid, ...fieldOptions },
    { ID: 'fieldid', DATA: fieldBody },
  ),
  post('GetCustomTaskField', 'task.item.userfield.get', 'Show a user field of tasks', { fieldid }, { ID: 'fieldid' }),
  post(
    'DeleteCustomTaskField',
    'task.item.userfield.delete',
    'Delete a user field of tasks',
    { fieldid },
    { ID: 'fieldid' },
  ),
]

const element = id('The entry’s id')
const entry = text('What is to be done')
const ofElement = (name: string, verb: string, about: string): PortalFunction =>
  post(name, `task.checklistitem.${verb}`, about, { task, element }, { ...ofList, ITEMID: 'element' })

export const taskChecklists = [
  post(
    'AddTasksChecklistElement',
    'task.checklistitem.add',
    'Add an entry to a task’s checklist',
    { task, text: entry, complete: standard('false', letter('It is done already')) },
    { ...ofList, FIELDS: { TITLE: 'text', IS_COMPLETE: 'complete' } },
  ),
  post(
    'UpdateTasksChecklistElement',
    'task.checklistitem.update',
    'Change an entry of a checklist',
    { task, element, text: entry },
    { ...ofList, ITEMID: 'element', FIELDS: { TITLE: 'text' } },
  ),
  ofElement('DeleteTasksChecklistElement', 'delete', 'Delete an entry of a checklist'),
  post('GetTasksChecklist', 'task.checklistitem.getlist', 'List the entries of a task’s checklist', { task }, ofList),
  ofElement('GetTasksChecklistElement', 'get', 'Show an entry of a checklist'),
  ofElement('CompleteTasksChecklistElement', 'complete', 'Tick an entry off'),
  ofElement('RenewTasksChecklistElement', 'renew', 'Take an entry’s tick away'),
]

const comment = id('The comment’s id')
const message = text('The comment')
const ofComment = { ...ofList, ITEMID: 'comment' }

export const taskComments = [
  ofTask('GetTaskCommentsList', 'task.commentitem.getlist', 'List the comments on a task'),
  post('GetTaskComment', 'task.commentitem.get', 'Show a comment on a task', { task, comment }, ofComment),
  post(
    'AddTaskComment',
    'task.commentitem.add',
    'Comment on a task',
    { task, text: message },
    { ...ofList, FIELDS: { POST_MESSAGE: 'text' } },
  ),
  post(
    'UpdateTaskComment',
    'task.commentitem.update',
    'Change a comment on a task',
    { task, comment, text: message },
    { ...ofComment, FIELDS: { POST_MESSAGE: 'text' } },
  ),
  post('DeleteTaskComment', 'task.commentitem.delete', 'Delete a comment on a task', { task, comment }, ofComment),
  ofTask('GetResultsList', 'tasks.task.result.list', 'List the results of a task'),
  post(
    'CreateResultFromComment',
    'tasks.task.result.addFromComment',
    'Make a comment a result of its task',
    { comment },
    { commentId: 'comment' },
  ),
  post(
    'DeleteResultFromComment',
    'tasks.task.result.deleteFromComment',
    'Make a comment no result any more',
    { comment },
    { commentId: 'comment' },
  ),
  local('GetCommentStructure', 'Show what a comment consists of', empty, structure(commentFields)),
]

const admin = standard('false', letter('Without a check of rights; for administrators'))
const stage = id('The stage’s id')
const stageTitle = text('The stage’s name')
const prevstage = optional(id('The stage that it comes after; without it, first'))
const entityid = id('Whose stages: a group, or 0 for one’s own plan')

export const kanban = [
  post(
    'AddKanbanStage',
    'task.stages.add',
    'Make a stage',
    { title: stageTitle, color: standard('FFD800', word('RRGGBB')), prevstage, entityid: optional(entityid), admin },
    { fields: { TITLE: 'title', COLOR: 'color', AFTER_ID: 'prevstage', ENTITY_ID: 'entityid', isAdmin: 'admin' } },
  ),
  post(
    'UpdateKanbansStage',
    'task.stages.update',
    'Change a stage',
    {
      title: stageTitle,
      stage,
      color: optional(word('RRGGBB')),
      prevstage,
      // Here alone it is sent as a truth of JSON, and inside of the fields.
      admin: optional(truth('Without a check of rights; for administrators')),
    },
    { id: 'stage', fields: { TITLE: 'title', COLOR: 'color', AFTER_ID: 'prevstage', isAdmin: 'admin' } },
  ),
  post(
    'DeleteKanbanStage',
    'task.stages.delete',
    'Delete a stage without tasks',
    { stage, admin },
    { id: 'stage', isAdmin: 'admin' },
  ),
  post(
    'GetKanbanStages',
    'task.stages.get',
    'List stages',
    { entityid: standard('0', entityid), admin },
    { entityId: 'entityid', isAdmin: 'admin' },
  ),
  post(
    'MoveTaskToKanbanStage',
    'task.stages.movetask',
    'Move a task to another stage',
    {
      task,
      stage,
      before: optional(id('The task to put it before')),
      after: optional(id('The task to put it after, where --before is not given; 0 puts it first')),
    },
    {
      id: 'task',
      stageId: 'stage',
      before: 'before',
      after: ({ before, after }) => (before === undefined ? (after ?? '0') : undefined),
    },
  ),
]

const record = id('The record’s id')
const work = {
  amount: word('Seconds'),
  text: optional(text('What was done')),
  date: optional(moment('When the record was made')),
}
const workBody = { SECONDS: 'amount', COMMENT_TEXT: 'text', CREATED_DATE: 'date' }
const ofRecord = { ...ofList, ITEMID: 'record' }
const userid = optional(id('Whose day; without it, one’s own'))
const ofUser = { USER_ID: 'userid' }
const dayOptions = {
  userid,
  time: optional(utcMoment('When; without it, now')),
  report: optional(text('Why it is not now')),
}
const dayBody = { ...ofUser, TIME: 'time', REPORT: 'report' }

export const timeKeeping = [
  post(
    'AddTaskTimeAccounting',
    'task.elapseditem.add',
    'Record time spent on a task',
    { task, amount: work.amount, user: optional(id('Who spent it')), text: work.text, date: work.date },
    {
      ...ofList,
      ARFIELDS: { SECONDS: 'amount', COMMENT_TEXT: 'text', USER_ID: 'user', CREATED_DATE: 'date' },
    },
  ),
  post(
    'UpdateTaskTimeAccounting',
    'task.elapseditem.update',
    'Change a record of time spent',
    { task, record, ...work },
    { ...ofRecord, ARFIELDS: workBody },
  ),
  post(
    'DeleteTaskTimeAccounting',
    'task.elapseditem.delete',
    'Delete a record of time spent',
    { task, record },
    ofRecord,
  ),
  post('GetTaskTimeAccounting', 'task.elapseditem.get', 'Show a record of time spent', { task, record }, ofRecord),
  post('GetTaskTimeAccountingList', 'task.elapseditem.getlist', 'List the time spent on a task', { task }, ofList),
  post('StartTimekeeping', 'timeman.open', 'Begin a working day', dayOptions, dayBody),
  post('StopTimekeeping', 'timeman.close', 'End a working day', dayOptions, dayBody),
  post('PauseTimekeeping', 'timeman.pause', 'Interrupt a working day', { userid }, ofUser),
  post('GetTimekeepingStatus', 'timeman.status', 'Show the state of a working day', { userid }, ofUser),
  post('GetTimekeepingSettings', 'timeman.settings', 'Show the settings of a working day', { userid }, ofUser),
]

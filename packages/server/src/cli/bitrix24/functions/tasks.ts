import { get, id, list, local, map, optional, type PortalFunction, post, standard, truth, word } from '../function.ts'
import { structure } from '../structures/structure.ts'
import { taskFilter } from '../structures/task.ts'
import { empty, listBody, listOptions } from './leads-and-deals.ts'

export const task = id('The task’s id')
export const taskId = { taskId: 'task' }
const fields = map('Fields of the task; GetTaskFieldsStructure shows them')

/** The many functions that only name a task. */
export const ofTask = (name: string, method: string, about: string): PortalFunction =>
  post(name, method, about, { task }, taskId)

const dependence = (name: string, verb: string, about: string): PortalFunction =>
  post(
    name,
    `task.dependence.${verb}`,
    about,
    {
      taskfrom: id('The task that comes first'),
      taskto: id('The task that depends on it'),
      linktype: word('0: start to start, 1: start to finish, 2: finish to start, 3: finish to finish'),
    },
    { taskIdFrom: 'taskfrom', taskIdTo: 'taskto', linkType: 'linktype' },
  )

export const tasks = [
  ofTask('GetTask', 'tasks.task.get', 'Show a task'),
  post(
    'GetTasksList',
    'tasks.task.list',
    'List tasks, 50 at a time',
    { ...listOptions, select: optional(list('Names of the fields to show')) },
    { ...listBody, select: 'select' },
  ),
  post('CreateTask', 'tasks.task.add', 'Make a task', { fields }, { fields: 'fields' }),
  post('UpdateTask', 'tasks.task.update', 'Change a task', { task, fields }, { fields: 'fields', ...taskId }),
  ofTask('DeleteTask', 'tasks.task.delete', 'Delete a task'),
  post(
    'AttachFileToTopic',
    'tasks.task.files.attach',
    'Attach a file of the drive to a task',
    { task, fileid: id('The file’s id') },
    { fileId: 'fileid', ...taskId },
  ),
  ofTask('ApproveTask', 'tasks.task.approve', 'Accept a task’s result'),
  ofTask('DisapproveTask', 'tasks.task.disapprove', 'Turn a task’s result down'),
  ofTask('CompleteTask', 'tasks.task.complete', 'Finish a task'),
  ofTask('RenewTask', 'tasks.task.renew', 'Take a finished task up again'),
  ofTask('DeferTask', 'tasks.task.defer', 'Put a task off'),
  ofTask('PauseTask', 'tasks.task.pause', 'Interrupt the work on a task'),
  ofTask('StartTask', 'tasks.task.start', 'Begin the work on a task'),
  ofTask('StartWatchingTask', 'tasks.task.startwatch', 'Become an observer of a task'),
  ofTask('StopWatchingTask', 'tasks.task.stopwatch', 'Be no observer any more'),
  post(
    'DelegateTask',
    'tasks.task.delegate',
    'Hand a task on to somebody else',
    { task, user: id('Who is to do it') },
    { ...taskId, userId: 'user' },
  ),
  ofTask('AddTaskToFavorites', 'tasks.task.favorite.add', 'Mark a task as a favourite'),
  ofTask('RemoveTaskFromFavorites', 'tasks.task.favorite.remove', 'Take the favourite mark away'),
  ofTask('GetTaskHistory', 'tasks.task.history.list', 'List the changes of a task'),
  post(
    'CheckTaskAccesses',
    'tasks.task.getaccess',
    'Show what people may do with a task',
    { task, users: optional(list('Ids of people')) },
    { ...taskId, users: 'users' },
  ),
  ofTask('MuteTask', 'tasks.task.mute', 'Turn a task’s notifications off'),
  ofTask('UnmuteTask', 'tasks.task.unmute', 'Turn a task’s notifications on'),
  dependence('CreateTasksDependencies', 'add', 'Make one task depend on another'),
  dependence('DeleteTasksDependencies', 'delete', 'Make one task independent of another'),
  post('GetDailyPlan', 'task.planner.getlist', 'List the tasks planned for today'),
  get('GetTaskFieldsStructure', 'tasks.task.getFields', 'Show the fields of tasks'),
  local(
    'GetTasksFilterStructure',
    'Show what GetTasksList can filter by',
    // A map and a structure are one and the same in JSON.
    { ...empty, map: standard('false', truth('Changes nothing here; known so that scripts go on working')) },
    structure(taskFilter),
  ),
]

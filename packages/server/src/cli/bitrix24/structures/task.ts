/** What `tasks.task.list` can filter by (api-reference/tasks/tasks-task-list.md). */
export const taskFilter = {
  ID: 'id of the task',
  PARENT_ID: 'id of the task above it',
  GROUP_ID: 'id of the workgroup',
  CREATED_BY: 'id of who set it',
  STATUS_CHANGED_BY: 'id of who changed its status',
  PRIORITY: 'priority',
  FORUM_TOPIC_ID: 'id of its discussion',
  RESPONSIBLE_ID: 'id of who is to do it',
  TITLE: 'name, with % for any letters',
  TAG: 'tag',
  REAL_STATUS: 'status',
  MARK: 'mark',
  SITE_ID: 'id of the site',
  ADD_IN_REPORT: 'is in the report (Y|N)',
  DATE_START: 'when the work began',
  DEADLINE: 'when it must be done',
  CREATED_DATE: 'when it was made',
  CLOSED_DATE: 'when it was done',
  CHANGED_DATE: 'when it was changed',
  ACCOMPLICE: 'id of who helps',
  AUDITOR: 'id of who watches',
  DEPENDS_ON: 'id of the task before it',
  ONLY_ROOT_TASKS: 'nothing below another task (Y|N)',
  STAGE_ID: 'stage',
  UF_CRM_TASK: 'items of the CRM',
  STATUS: 'status, also overdue and the like',
}

/** What `task.commentitem.add` takes (api-reference/tasks/comment-item/task-comment-item-add.md). */
export const comment = {
  AUTHOR_ID: 'id of who wrote it',
  AUTHOR_NAME: 'name of who wrote it; need not be given',
  AUTHOR_EMAIL: 'e-mail address of who wrote it; need not be given',
  USE_SMILES: 'shows emoticons as pictures (Y|N)',
  POST_MESSAGE: 'the text',
  UF_FORUM_MESSAGE_DOC: 'list of files of the drive',
}

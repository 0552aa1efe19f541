/** What `user.search` can look for (api-reference/user/user-search.md). */
export const userFilter = {
  NAME: 'first name',
  LAST_NAME: 'last name',
  WORK_POSITION: 'position',
  UF_DEPARTMENT_NAME: 'name of the department',
  USER_TYPE: 'employee, extranet or email',
}

const DAYS = 14
const DAY = 86_400_000

/**
 * Plans a to-do for everybody whose open deals nobody has touched for two weeks; one for each deal, until it is done.
 * @param {string} webhook with a slash at its end
 * @param {Date} now
 * @returns {Promise<number>} how many it has planned
 */
export async function remindOfStaleDeals(webhook, now) {
  const before = new Date(now.getTime() - DAYS * DAY).toISOString()
  const stale = await call(webhook, 'crm.deal.list', {
    filter: { CLOSED: 'N', '<DATE_MODIFY': before },
    select: ['ID', 'TITLE', 'ASSIGNED_BY_ID'],
  })
  let planned = 0
  for (const deal of stale) {
    const open = await call(webhook, 'crm.activity.list', {
      filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal.ID, COMPLETED: 'N', PROVIDER_ID: 'CRM_TODO' },
      select: ['ID'],
    })
    if (open.length > 0) continue
    await call(webhook, 'crm.activity.todo.add', {
      ownerTypeId: 2,
      ownerId: deal.ID,
      deadline: new Date(now.getTime() + DAY).toISOString(),
      title: `What about “${deal.TITLE}”?`,
      responsibleId: deal.ASSIGNED_BY_ID,
    })
    planned++
  }
  return planned
}

async function call(webhook, method, parameters) {
  const response = await fetch(`${webhook}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  })
  const { result, error, error_description: description } = await response.json()
  if (error !== undefined) throw new Error(`${method}: ${error}: ${description}`)
  return result
}

// What the bench asks of both servers, line by line. The floor takes the same paths and bodies.
import { leadFields, querystringOf, stages } from './fields.mjs'

/** The webhook that the measured server is started with, and its path. */
export const webhook = '1/benchmark'
const path = (method) => `/rest/${webhook}/${method}`

let serial = 0
const create = () => ({ path: path('crm.lead.add'), body: { fields: leadFields(serial++) } })

/** Fifty creates in one request, as clients send them: query strings. */
export const batch = () => {
  const cmd = {}
  for (let n = 0; n < 50; n++) cmd[`c${n}`] = `crm.lead.add?${querystringOf(leadFields(serial++))}`
  return { path: path('batch'), body: { halt: 0, cmd } }
}

const list = (parameters) => () => ({ path: path('crm.lead.list'), body: parameters() })
const random = (below) => Math.floor(Math.random() * below)
const isPage = ({ result }) => result.length === 50

/**
 * @param {number} rows how many leads there are before the first line runs
 * @returns the lines in the order in which they run: those that write come last, since they change what the others read
 */
export function linesOf(rows) {
  return [
    {
      name: 'get',
      target: 0.7,
      connections: 8,
      request: () => ({ path: path('crm.lead.get'), body: { id: 1 + random(rows) } }),
      check: ({ result }) => 'TITLE' in result || 'title' in result,
    },
    {
      name: 'list by stage',
      target: 0.7,
      connections: 8,
      request: list(() => ({ filter: { STATUS_ID: stages[random(stages.length)] } })),
      check: (answer) => isPage(answer) && answer.total >= rows / stages.length - 1,
    },
    {
      name: `list, page ${Math.floor(rows / 100)}`,
      target: 0.7,
      connections: 8,
      request: list(() => ({ order: { ID: 'ASC' }, start: Math.floor(rows / 100) * 50 - 50 })),
      check: (answer) => isPage(answer) && answer.total >= rows,
    },
    {
      name: 'list by id cursor',
      target: 0.7,
      connections: 8,
      request: list(() => ({ filter: { '>ID': random(rows - 50) }, order: { ID: 'ASC' }, start: -1 })),
      check: isPage,
    },
    { name: 'create', target: 0.6, connections: 32, request: create, check: ({ result }) => result > 0 },
    {
      name: 'batch of 50 creates',
      target: 0.6,
      connections: 4,
      request: batch,
      check: ({ result }) => Object.keys(result.result).length === 50,
    },
  ]
}

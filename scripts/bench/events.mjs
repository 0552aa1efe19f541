// Events to a fast handler: how many arrive in a second, whether each arrives, and whether any does twice. The floor is
// what a bare client gets through to the same handler, with as many connections and bodies as long.
import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { batch, webhook } from './lines.mjs'
import { ask, load } from './load.mjs'
import { startHandler, startPortico } from './processes.mjs'

/** As many as Portico has to one host (events/host.ts). */
const connections = 8
/** Deliveries that one call sends again. */
const atOnce = 1000
const patience = 120_000

/** @returns figures, of `events` new leads */
export async function measureEvents(databases, events) {
  const { env } = await databases.create('events')
  const handler = await startHandler()
  const portico = await startPortico({ ...env, PORTICO_ALLOW_OUTGOING: '127.0.0.1' })
  const call = (method, body) => ask(portico.port, `/rest/${webhook}/${method}`, body)
  const counts = async (path = '/') => (await fetch(`http://127.0.0.1:${handler.port}${path}`)).json()
  const arrived = async (wanted) => {
    const end = performance.now() + patience
    for (;;) {
      const now = await counts()
      if (now.total >= wanted || performance.now() > end) return now
      await sleep(5)
    }
  }
  try {
    const floor = await bare(handler.port, events)
    await counts('/reset')
    const url = `http://127.0.0.1:${handler.port}/`
    const { result: hook } = await call('portico.outbound.add', { url, events: ['ONCRMLEADADD'] })
    const begun = performance.now()
    await load({ port: portico.port, connections: 4, count: events / 50, request: batch })
    const written = performance.now()
    const made = await arrived(events)
    const told = performance.now()
    // Whatever came twice has come by now.
    await sleep(1000)
    const final = await counts('/reset')

    const { result: first } = await call('portico.delivery.list', { order: { ID: 'ASC' } })
    const from = Number(first[0].ID)
    const again = performance.now()
    for (let id = from; id < from + events; id += atOnce)
      await call('portico.delivery.replay', { filter: { HANDLER_ID: hook.ID, '>=ID': id, '<ID': id + atOnce } })
    const resent = await arrived(events)
    const replayed = performance.now()

    const rate = (events * 1000) / (replayed - again)
    const lost = events - made.objects
    const doubled = final.total - final.objects
    const perSecond = (n, from, to) => `${((n * 1000) / (to - from)).toFixed(0)}/s`
    return [
      { name: `bare POSTs to the handler, ${connections} connections`, text: `${floor.toFixed(0)}/s`, target: '' },
      {
        name: `${events} leads made and told of`,
        text: `${perSecond(events, begun, told)}, ${((told - written) / 1000).toFixed(1)} s after the last was made`,
        target: '',
      },
      {
        name: `the same events sent again`,
        text: `${rate.toFixed(0)}/s, ${(rate / floor).toFixed(2)} of bare POSTs`,
        target: '≥ 0.2',
        good: rate / floor >= 0.2 && resent.objects === events,
      },
      { name: 'lost, doubled', text: `${lost}, ${doubled}`, target: '0, 0', good: lost === 0 && doubled === 0 },
    ]
  } finally {
    await portico.stop()
    await handler.stop()
  }
}

/** What Node's own client gets through: requests in a second. */
async function bare(port, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const body = `event=ONCRMLEADADD&event_handler_id=1&data%5BFIELDS%5D%5BID%5D=1&ts=1800000000&auth=${'x'.repeat(300)}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
  }
  const send = () =>
    new Promise((done, fail) => {
      const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', agent, headers }, (response) =>
        response.resume().on('end', done),
      )
      request.on('error', fail).end(body)
    })
  let left = count
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await send()
    }),
  )
  agent.destroy()
  return (count * 1000) / (performance.now() - begun)
}

// A small load generator: N connections that stay open, one request at a time on each. Plain sockets, because Node's own
// HTTP client takes more of the machine than the servers that are measured.
import { connect } from 'node:net'

/**
 * Sends requests until `seconds` are over or `count` of them are answered.
 * @param {{ port: number, connections: number, seconds?: number, count?: number,
 *   request: () => { path: string, body: object }, check?: (answer: object) => boolean }} given `check` sees the first
 *   answer of each connection and refuses one that is not what the line is about
 * @returns {Promise<{ rate: number, p50: number, p99: number, answered: number }>} per second; milliseconds
 * @throws {Error} on a status other than 200, a refused answer, or a lost connection
 */
export async function load({ port, connections, seconds = Infinity, count = Infinity, request, check }) {
  const latencies = []
  const begun = performance.now()
  const state = { end: begun + seconds * 1000, left: count, latencies }
  await Promise.all(Array.from({ length: connections }, () => run(port, state, request, check)))
  const elapsed = (performance.now() - begun) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN
  return { rate: latencies.length / elapsed, p50: at(0.5), p99: at(0.99), answered: latencies.length }
}

/** One request on a connection of its own. */
export async function ask(port, path, body) {
  let answer
  const check = (received) => ((answer = received), true)
  await load({ port, connections: 1, count: 1, request: () => ({ path, body }), check })
  return answer
}

function run(port, state, request, check) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let sent = 0
    let checked = check === undefined
    let chunks = []
    let received = 0
    let wanted = 0

    const next = () => {
      if (state.left <= 0 || performance.now() >= state.end) return void socket.end(resolve)
      state.left--
      const { path, body } = request()
      const text = JSON.stringify(body)
      sent = performance.now()
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      )
    }
    const fail = (message) => {
      socket.destroy()
      reject(new Error(message))
    }
    const receive = (chunk) => {
      chunks.push(chunk)
      received += chunk.length
      if (wanted === 0) {
        const head = chunk.toString('latin1', 0, 1024)
        const end = head.indexOf('\r\n\r\n')
        const length = head.indexOf('content-length: ')
        if (!head.startsWith('HTTP/1.1 200') || end < 0 || length < 0) return fail(`unexpected answer: ${head}`)
        wanted = end + 4 + Number.parseInt(head.slice(length + 16, length + 26), 10)
      }
      if (received < wanted) return
      state.latencies.push(performance.now() - sent)
      if (!checked) {
        checked = true
        const text = Buffer.concat(chunks).toString('utf8')
        if (!check(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)))) return fail(`not what was asked for: ${text}`)
      }
      chunks = []
      received = wanted = 0
      next()
    }
    socket.on('connect', next)
    socket.on('data', receive)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the connection was closed')))
  })
}

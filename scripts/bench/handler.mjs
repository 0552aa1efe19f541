// A fast handler of events, as somebody's server: it counts what comes, and by which objects.
import { createServer } from 'node:http'

let total = 0
let objects = new Map()
createServer((request, response) => {
  if (request.method === 'GET') {
    const most = Math.max(0, ...objects.values())
    const counts = JSON.stringify({ total, objects: objects.size, most })
    if (request.url === '/reset') {
      total = 0
      objects = new Map()
    }
    return void response.end(counts)
  }
  let body = ''
  request.setEncoding('latin1').on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    total++
    const id = /ID%5D=(\d+)/.exec(body)?.[1] ?? ''
    objects.set(id, (objects.get(id) ?? 0) + 1)
    response.end()
  })
})
  .on('connection', (socket) => socket.setNoDelay(true))
  .listen(0, '127.0.0.1', function () {
    console.log(this.address().port)
  })

import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'

export interface Mailbox {
  readonly url: string
  /** What has come since the last call: the address and the text as sent. */
  take(): { readonly to: string; readonly text: string }[]
}

/** A mail server on this machine that takes whatever it is sent. */
export async function mailbox(): Promise<Mailbox> {
  let letters: { to: string; text: string }[] = []
  const serve = (socket: Socket): void => {
    let buffer = ''
    let to = ''
    let inData = false
    const say = (line: string): boolean => socket.write(`${line}\r\n`)
    const lineOf = (line: string): void => {
      const word = line.slice(0, 4).toUpperCase()
      if (word === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (word === 'DATA') inData = true
      if (word === 'QUIT') socket.end('221 bye\r\n')
      else say(word === 'DATA' ? '354 go on' : '250 ok')
    }
    socket.setEncoding('utf8')
    socket.on('error', () => {})
    socket.on('data', (chunk: string) => {
      buffer += chunk
      for (;;) {
        const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const part = buffer.slice(0, end)
        buffer = buffer.slice(end + (inData ? 5 : 2))
        if (!inData) lineOf(part)
        else {
          inData = false
          // Long lines travel broken (quoted-printable).
          letters.push({ to, text: part.replace(/=\r\n/g, '') })
          say('250 taken')
        }
      }
    })
    say('220 here')
  }
  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => new Promise((done) => server.close(done)))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const all = letters
      letters = []
      return all
    },
  }
}

import type { ClientOptions } from 'portico-client'
import type { Program } from '../command.ts'

/** More of a body than this is no help. */
const MOST = 4000

/** Longer than this people wonder. */
const NOTICED = 2000
const reasons = { rate: 'for the rate limit', operating: 'for the operating time', retry: 'before another try' }

/** Tells whoever looks at the terminal why nothing happens. */
export function patient({ stderr }: Program): Pick<ClientOptions, 'onWait'> {
  if (stderr.isTTY !== true) return {}
  return {
    onWait({ why, milliseconds }) {
      if (milliseconds < NOTICED) return
      stderr.write(`\r\u001b[2Kwaiting ${(milliseconds / 1000).toFixed(0)} s ${reasons[why]}\n`)
    },
  }
}

/** What `--verbose` tells on stderr: requests, answers, waits and times. The client has masked the secrets. */
export function traced({ stderr }: Program): Pick<ClientOptions, 'onExchange' | 'onWait'> {
  const tell = (line: string): void => void stderr.write(`${line}\n`)
  return {
    onExchange({ url, attempt, request, response, error, duration }) {
      tell(`> POST ${url}${attempt > 1 ? ` (try ${attempt})` : ''}`)
      if (request.body !== '') tell(`> ${cut(request.body)}`)
      if (response === undefined) return tell(`< no answer: ${error ?? ''} (${duration} ms)`)
      tell(`< ${response.status} in ${duration} ms`)
      tell(`< ${cut(response.body)}`)
    },
    onWait({ why, milliseconds }) {
      tell(`* waiting ${(milliseconds / 1000).toFixed(1)} s ${reasons[why]}`)
    },
  }
}

const cut = (text: string): string =>
  text.length > MOST ? `${text.slice(0, MOST)}… (${text.length} characters)` : text

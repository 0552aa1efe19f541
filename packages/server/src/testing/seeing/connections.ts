import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

/** Node tells of each connection that a server accepts, before anything is read from it. */
const ACCEPTED = 'net.server.socket'
const MOST = 10_000

type Ends = Pick<Socket, 'localPort' | 'remotePort'>

/**
 * When clients have connected. A client that does many things at once opens many connections at once; a server that
 * answers one request while it reads the next would take that for one after the other.
 */
export class Connections {
  readonly #came = new Map<string, number>()
  readonly #accepted = (message: unknown): void => {
    const { socket } = message as { socket: Ends }
    if (this.#came.size >= MOST) this.#came.clear()
    this.#came.set(keyOf(socket), performance.now())
  }

  constructor() {
    subscribe(ACCEPTED, this.#accepted)
  }

  /** The real time, in milliseconds, by which a request was on its way: that of its connection, if it is its first one. */
  begin(socket: Ends): number {
    const key = keyOf(socket)
    const came = this.#came.get(key)
    this.#came.delete(key)
    return came ?? performance.now()
  }

  close(): void {
    unsubscribe(ACCEPTED, this.#accepted)
    this.#came.clear()
  }
}

/** The same for a connection and for what encrypts it. */
const keyOf = ({ localPort, remotePort }: Ends): string => `${localPort ?? ''} ${remotePort ?? ''}`

// The processes that the bench measures: started, asked for their memory, stopped.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import { bundle } from '../build.mjs'
import { webhook } from './lines.mjs'
import { ask } from './load.mjs'

/** @typedef {{ port: number, rss(): number, cpu(): number, stop(): Promise<void> }} Process `rss` in MiB, `cpu` in µs */

/**
 * Starts the built server and waits for its first answer.
 * @param {Record<string, string>} env where its database is
 * @returns {Promise<Process & { startMs: number }>}
 */
export async function startPortico(env, nodeOptions = []) {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(
    process.execPath,
    [...nodeOptions, bundle, '--port', String(port), '--https-port', 'off', '--log-level', 'error'],
    {
      env: { PATH: process.env.PATH, PORTICO_WEBHOOK: webhook, PORTICO_TIMEZONE: 'Europe/Berlin', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  running.add(child)
  child.once('exit', () => running.delete(child))
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text
    if (said.includes('Portico is ready')) break
  }
  if (!said.includes('Portico is ready')) throw new Error('the server ended before it was ready')
  child.stdout.resume()
  await ask(port, `/rest/${webhook}/crm.lead.list`, { select: ['ID'], start: -1 })
  return { port, startMs: performance.now() - begun, ...handleOf(child) }
}

/** @returns {Promise<Process>} the floor, on a database of its own */
export const startFloor = (kind, target) => startScript('floor.mjs', kind, target)

/** @returns {Promise<Process>} somebody's server, which takes events */
export const startHandler = () => startScript('handler.mjs')

async function startScript(name, ...given) {
  const child = spawn(process.execPath, [join(root, 'scripts/bench', name), ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  const port = Number(line)
  if (!(port > 1023)) throw new Error(`${name} did not start`)
  return { port, ...handleOf(child) }
}

const running = new Set()
// A bench that fails must leave nobody behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function handleOf(child) {
  return {
    rss: () => residentMiB(child.pid),
    cpu: () => processorTime(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** NaN where the system doesn't tell. */
function residentMiB(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return NaN
  }
}

/** User and system time so far, in steps of ten milliseconds. NaN where the system doesn't tell. */
function processorTime(pid) {
  try {
    // The second field is the name in brackets, which may hold anything; utime and stime are the 14th and 15th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return NaN
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

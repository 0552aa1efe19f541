import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './root.mjs'

/**
 * Does something while no other process does the same in this checkout; waits for one that does.
 * @template T
 * @param {string} what a word for it
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function alone(what, body) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const path = join(tmpdir(), `portico-${what}-${checkout}.lock`)
  while (!taken(path)) {
    if (isLeft(path)) rmSync(path, { force: true })
    else await sleep(50)
  }
  try {
    return await body()
  } finally {
    rmSync(path, { force: true })
  }
}

function taken(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Whoever took it is gone without having given it back. */
function isLeft(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    // Taken in this moment; the number follows.
    if (pid === 0) return false
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Ends a process, where it is there, and waits until it is gone. */
export async function end(pid) {
  for (let signal = 'SIGTERM'; isThere(pid); signal = 0) {
    process.kill(Number(pid), signal)
    await sleep(20)
  }
}

function isThere(pid) {
  try {
    process.kill(Number(pid), 0)
  } catch {
    return false
  }
  try {
    // One that has ended and that nobody has asked for its exit code yet is gone all the same.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

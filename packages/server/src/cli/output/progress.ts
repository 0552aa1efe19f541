import { type Options, Presets, SingleBar } from 'cli-progress'
import type { Program } from '../command.ts'

export interface Progress {
  tick(count?: number): void
  /** How many there will be, once that is known. */
  total(count: number | undefined): void
  /** Takes the bar away; `text` stays. */
  done(text?: string): void
}

/** Where nobody looks, nothing is drawn: only the last word is said. */
export function progressOf({ stderr, env }: Program, label: string, total?: number): Progress {
  const bar = stderr.isTTY === true && env.TERM !== 'dumb' ? drawn(stderr, label, total) : undefined
  return {
    tick: (count = 1) => bar?.increment(count),
    total: (count) => bar?.setTotal(count ?? 0),
    done(text) {
      bar?.stop()
      if (text !== undefined) stderr.write(`${text}\n`)
    },
  }
}

function drawn(stream: NodeJS.WritableStream, label: string, total: number | undefined): SingleBar {
  const options: Options = {
    stream,
    // Without a total there is nothing to be full of.
    format: (line, { total: all, value, progress, eta }) => {
      if (!all) return `${label} ${value}`
      const size = line.barsize ?? 30
      const filled = Math.round(Math.min(1, progress) * size)
      const bar = '█'.repeat(filled) + '░'.repeat(size - filled)
      const rest = Number.isFinite(eta) && eta > 1 && value < all ? `, ${eta} s left` : ''
      return `${label} ${bar} ${value}/${all}${rest}`
    },
    barsize: 30,
    clearOnComplete: true,
    hideCursor: false,
    fps: 10,
    gracefulExit: false,
  }
  const bar = new SingleBar(options, Presets.shades_classic)
  bar.start(total ?? 0, 0)
  return bar
}

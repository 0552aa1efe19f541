import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applySeed, type Testing } from '../cli/server/seed/apply.ts'
import { readSeed, seedFrom, SeedError } from '../cli/server/seed/document.ts'
import type { RunningPortal } from '../compose.ts'
import { need, take } from '../methods/method.ts'
import type { Bench } from './bench.ts'
import { type Control, control } from './control.ts'
import { ControlError } from './control-error.ts'
import { readSection } from './seeded-section.ts'
import type { States } from './states.ts'

/** The state of the portal: back to the beginning, kept and brought back, described and made. */
export const stateControls = (bench: Bench, running: RunningPortal, states: States): Control[] => [
  control({
    name: 'reset',
    about: 'Everything as at the start: data, time, chance, limits; faults are gone, and what was seen is forgotten',
    params: {},
    run: () => bench.reset(),
  }),
  control({
    name: 'snapshot',
    about: 'Keep the present state under a name',
    params: { name: need.text },
    run: async ({ name }) => {
      if (name.startsWith('(')) throw new ControlError('the name of a snapshot begins with no bracket')
      await states.take(name)
      return { name }
    },
  }),
  control({
    name: 'restore',
    about: 'Bring back the state that is kept under a name',
    params: { name: need.text },
    run: async ({ name }) => {
      await bench.restore(name)
      return { name }
    },
  }),
  control({
    name: 'snapshots',
    about: 'The names under which states are kept',
    params: {},
    run: () => states.names.filter((name) => !name.startsWith('(')),
  }),
  control({
    name: 'save',
    about: 'The present state as text that a repository can hold: the lines of a backup',
    params: {},
    run: () =>
      withFile(async (path) => {
        await states.save(path)
        return { text: await readFile(path, 'utf8') }
      }),
  }),
  control({
    name: 'load',
    about: 'Bring the state that was saved as text; with a name it is kept under that, too',
    params: { text: need.text, name: take.text },
    run: ({ text, name }) =>
      withFile(async (path) => {
        await writeFile(path, text, { mode: 0o600 })
        await states.load(path)
        if (name !== undefined) await states.take(name)
      }),
  }),
  control({
    name: 'seed',
    about: 'Bring the portal into the state that a seed describes: YAML or JSON as text, or the map itself',
    params: { seed: need.any, user: take.integer(1) },
    run: async ({ seed, user: userId = 1 }) => {
      try {
        const items = typeof seed === 'string' ? readSeed(seed) : seedFrom(seed)
        const holds: (() => void | Promise<void>)[] = []
        const testing: Testing = async (section, value, at) => void holds.push(readSection(bench, section, value, at))
        const results = await applySeed(running, items, { userId, testing })
        for (const hold of holds) await hold()
        return results
      } catch (cause) {
        if (!(cause instanceof SeedError)) throw cause
        const where = cause.at === undefined ? '' : `${cause.at.line}:${cause.at.column}: `
        throw new ControlError(`${where}${cause.message}`)
      }
    },
  }),
]

async function withFile<T>(body: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'portico-state-'))
  try {
    return await body(join(directory, 'state'))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

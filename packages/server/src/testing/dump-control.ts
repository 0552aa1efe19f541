import { type Baseline, baselineOf, dumpSeed } from '../cli/server/seed/dump.ts'
import { sections, SeedError } from '../cli/server/seed/items.ts'
import type { RunningPortal } from '../compose.ts'
import { nearest } from '../config/nearest.ts'
import { take } from '../methods/method.ts'
import { type Control, control } from './control.ts'
import { ControlError } from './control-error.ts'

/** The state of the portal as a seed: what a new portal has is looked up in one that is made for it, once. */
export function dumpControl(running: RunningPortal, openFresh: () => Promise<RunningPortal>): Control {
  let baseline: Promise<Baseline> | undefined
  const look = async (): Promise<Baseline> => {
    const fresh = await openFresh()
    try {
      return await baselineOf(fresh)
    } finally {
      await fresh.close()
    }
  }
  return control({
    name: 'dump',
    about: 'The state of the portal as a seed, which brings a fresh portal there: "yaml" or "json"',
    params: { format: take.text, only: take.list, records: take.list },
    run: async ({ format = 'yaml', only, records }) => {
      if (format !== 'yaml' && format !== 'json') throw new ControlError('"format" of dump: yaml or json is expected')
      const wanted = only?.map((name) => {
        const section = sections.find((each) => each === name)
        if (section !== undefined) return section
        const meant = nearest(String(name), sections)
        throw new ControlError(
          `there is no section "${String(name)}"${meant === undefined ? '' : `: did you mean ${meant}?`}`,
        )
      })
      const left: string[] = []
      try {
        const seed = await dumpSeed(running, {
          baseline: await (baseline ??= look()),
          format,
          only: wanted,
          records: records?.map(String),
          onLeft: (what) => left.push(what),
        })
        return { seed, left }
      } catch (cause) {
        if (cause instanceof SeedError) throw new ControlError(cause.message)
        throw cause
      }
    },
  })
}

import type { Status } from '../../model/statuses.ts'
import type { Command } from '../saving.ts'

/** What a stage means: work goes on, it has succeeded, or it has failed. */
export const meanings = ['process', 'success', 'failure'] as const
export type Meaning = (typeof meanings)[number]

export const meaningOf = ({ SEMANTICS }: Pick<Status, 'SEMANTICS'>): Meaning =>
  SEMANTICS === 'S' ? 'success' : SEMANTICS === 'F' ? 'failure' : 'process'

export const semanticsOf: Readonly<Record<Meaning, 'S' | 'F' | null>> = { process: null, success: 'S', failure: 'F' }

/** Colours of new stages, one after another. */
const COLOURS: Readonly<Record<Meaning, readonly string[]>> = {
  process: ['#39A8EF', '#2FC6F6', '#55D0E0', '#47E4C2', '#FFA900', '#C46BE0'],
  success: ['#7BD500'],
  failure: ['#FF5752', '#FF8A3D', '#F1608E'],
}

export const colourOfNew = (meaning: Meaning, many: number): string => {
  const colours = COLOURS[meaning]
  return colours[many % colours.length] ?? '#39A8EF'
}

/** As people see them: what goes on first, then the good end, then the bad ones; each in its order. */
export const inOrder = (stages: readonly Status[]): Status[] =>
  meanings.flatMap((meaning) => stages.filter((stage) => meaningOf(stage) === meaning))

/** Places in steps of ten, in this order; only what moves is written. */
export const placesOf = (ordered: readonly Status[]): { readonly stages: Status[]; readonly commands: Command[] } => {
  const stages = ordered.map((stage, index) => ({ ...stage, SORT: String((index + 1) * 10) }))
  const moved = stages.filter((stage, index) => stage.SORT !== ordered[index]?.SORT)
  const commands = moved.map(({ ID, SORT }) => ({
    method: 'crm.status.update',
    params: { id: ID, fields: { SORT: Number(SORT) } },
  }))
  return { stages, commands }
}

/** A code that nobody has to think of. */
export const newCode = (): string =>
  `UC_${Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => (byte % 36).toString(36).toUpperCase()).join('')}`

import { refersTo } from './ref.ts'

/** How many commands a portal takes at once. */
export const MAX_COMMANDS = 50

export interface PlannedCommand {
  readonly key: string
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
  /** Keys of the commands before it that it refers to. */
  readonly needs: ReadonlySet<string>
}

/**
 * Reads commands, in their order.
 *
 * @throws TypeError for what a portal would not refuse but spoil: a reference to nothing, or to a later command, is sent
 *   on by portals as the text that it is
 */
export function readCommands(
  entries: readonly (readonly [string, { readonly method: string; readonly params?: unknown }])[],
): PlannedCommand[] {
  const seen = new Set<string>()
  const all = new Set(entries.map(([key]) => key))
  return entries.map(([key, { method, params }]) => {
    if (/^batch(?:\.json)?$/i.test(method)) throw new TypeError(`batch: ${key} is a batch itself, which portals refuse`)
    const needs = refersTo(params)
    for (const needed of needs) {
      if (!all.has(needed)) throw new TypeError(`batch: ${key} refers to ${needed}, but there is no such command`)
      if (!seen.has(needed)) throw new TypeError(`batch: ${key} refers to ${needed}, which does not come before it`)
    }
    seen.add(key)
    return { key, method, params: (params ?? {}) as PlannedCommand['params'], needs }
  })
}

/**
 * Cuts commands into requests, in their order: where it can be, between commands that have nothing to do with each other,
 * so that those that belong together go together.
 */
export function chunksOf(commands: readonly PlannedCommand[], size = MAX_COMMANDS): PlannedCommand[][] {
  const place = new Map(commands.map(({ key }, index) => [key, index]))
  // The first command that anything from here on refers to.
  const reachesBack = Array.from({ length: commands.length + 1 }, () => commands.length)
  for (let index = commands.length - 1; index >= 0; index--) {
    const needed = [...(commands[index]?.needs ?? [])].map((key) => place.get(key) ?? index)
    reachesBack[index] = Math.min(reachesBack[index + 1] ?? index, index, ...needed)
  }
  const chunks: PlannedCommand[][] = []
  for (let start = 0; start < commands.length;) {
    let end = Math.min(start + size, commands.length)
    for (let cut = end; cut > start; cut--) {
      if ((reachesBack[cut] ?? cut) < cut) continue
      end = cut
      break
    }
    chunks.push(commands.slice(start, end))
    start = end
  }
  return chunks
}

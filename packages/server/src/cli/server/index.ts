import type { Command } from '../command.ts'

export const serverCommands: readonly Command[] = []

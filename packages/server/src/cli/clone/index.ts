import type { Command } from '../command.ts'

export const cloneCommands: readonly Command[] = []

import type { Command } from '../command.ts'

export const callCommands: readonly Command[] = []

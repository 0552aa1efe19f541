import type { Command } from './command.ts'

export const mcpCommands: readonly Command[] = []

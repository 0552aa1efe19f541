import type { Command } from '../command.ts'

export const bitrix24Commands: readonly Command[] = []

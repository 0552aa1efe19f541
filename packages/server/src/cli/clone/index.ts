import type { Command } from '../command.ts'
import { clone } from './command.ts'

export const cloneCommands: readonly Command[] = [clone]

import type { Command } from '../command.ts'
import { profileCommands } from '../profiles/commands.ts'
import { call } from './call.ts'
import { completionCommands } from './completion.ts'
import { describe } from './describe.ts'
import { methods } from './methods.ts'
import { nounCommands } from './noun-commands.ts'

export const callCommands: readonly Command[] = [
  call,
  methods,
  describe,
  ...nounCommands,
  ...profileCommands,
  ...completionCommands,
]

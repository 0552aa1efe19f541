import { appCommands } from './app.ts'
import { bitrix24Commands } from './bitrix24/index.ts'
import { callCommands } from './call/index.ts'
import { check } from './check.ts'
import { cloneCommands } from './clone/index.ts'
import type { Command } from './command.ts'
import { mcpCommands } from './mcp.ts'
import { serverCommands } from './server/index.ts'
import { start } from './start.ts'
import { tokenCreate } from './token.ts'
import { userPassword, userResetFactor } from './user.ts'
import { webhookCommands } from './webhook.ts'

/** Every command, in the order in which `--help` shows them: the table of contents. */
export const commands: readonly Command[] = [
  start,
  ...serverCommands,
  check,
  ...webhookCommands,
  ...appCommands,
  tokenCreate,
  userPassword,
  userResetFactor,
  ...callCommands,
  ...bitrix24Commands,
  ...cloneCommands,
  ...mcpCommands,
]

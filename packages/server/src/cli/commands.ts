import { appCommands } from './app.ts'
import { bitrix24Commands } from './bitrix24/index.ts'
import { callCommands } from './call/index.ts'
import { nounFamilies } from './call/noun-commands.ts'
import { check } from './check.ts'
import { cloneCommands } from './clone/index.ts'
import type { Command } from './command.ts'
import { mcpCommands } from './mcp.ts'
import { recordingCommands } from './recording/commands.ts'
import { serverCommands } from './server/index.ts'
import { start } from './start.ts'
import { tokenCreate } from './token.ts'
import { userPassword, userResetFactor } from './user.ts'
import { webhookCommands } from './webhook.ts'

/** Commands that `portico --help` shows together. */
export interface Section {
  readonly title: string
  readonly commands: readonly Command[]
}

/** Every command, in the order in which `--help` shows them: the table of contents. */
export const sections: readonly Section[] = [
  { title: 'Server', commands: [start, ...serverCommands, check] },
  { title: 'Access', commands: [...webhookCommands, ...appCommands, tokenCreate, userPassword, userResetFactor] },
  { title: 'Any portal', commands: callCommands },
  { title: 'Another portal on record', commands: recordingCommands },
  { title: 'Other worlds', commands: [...bitrix24Commands, ...cloneCommands, ...mcpCommands] },
]

export const commands: readonly Command[] = sections.flatMap((section) => section.commands)

/** What the commands whose names begin with a word have in common. */
export const families: Readonly<Record<string, string>> = {
  ...nounFamilies,
  profile: 'Portals and credentials, kept under a name',
  webhook: 'Inbound webhooks',
  app: 'Applications',
  token: 'OAuth tokens',
  logs: 'The requests that the running server has answered',
}

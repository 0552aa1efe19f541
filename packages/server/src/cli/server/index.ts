import type { Command } from '../command.ts'
import { backup } from './backup.ts'
import { dump } from './dump.ts'
import { listen } from './listen.ts'
import { logsTail } from './logs.ts'
import { migrate } from './migrate.ts'
import { reset } from './reset.ts'
import { restore } from './restore.ts'
import { seed } from './seed.ts'
import { status } from './status.ts'

/** What the operator of a portal does, where it is stored. */
export const serverCommands: readonly Command[] = [
  status,
  migrate,
  backup,
  restore,
  reset,
  seed,
  dump,
  listen,
  logsTail,
]

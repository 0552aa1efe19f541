import type { Target } from './making.ts'
import { recordTargets } from './records.ts'
import { settingTargets } from './settings.ts'
import { userFieldTargets } from './user-fields.ts'

/** What each documented method's requests refer to. */
export const targets: ReadonlyMap<string, Target> = new Map([...recordTargets, ...settingTargets, ...userFieldTargets])

import type { Action } from './action.ts'
import { addActivity, callWebhook, sendLetter } from './outside-actions.ts'
import { assignInTurn, changeFields, moveStage } from './record-actions.ts'
import { runRobot } from './robot-action.ts'
import { wait } from './waiting.ts'

/** What rules can do, by the name of their kind. */
export const actions: ReadonlyMap<string, Action> = new Map([
  ['field', changeFields],
  ['stage', moveStage],
  ['assign', assignInTurn],
  ['activity', addActivity],
  ['webhook', callWebhook],
  ['mail', sendLetter],
  ['wait', wait],
  ['robot', runRobot],
])

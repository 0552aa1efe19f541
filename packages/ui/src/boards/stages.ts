import { colourOf, inkOn } from '../model/colours.ts'
import { pathOf, type RecordType } from '../model/record-types.ts'
import type { Status } from '../model/statuses.ts'

/** A column's stage. */
export interface Stage {
  readonly id: string
  readonly name: string
  readonly colour: string
  /** What can be read on the colour. */
  readonly ink: string
  readonly meaning: 'process' | 'success' | 'failure'
}

export const stageOf = ({ STATUS_ID, NAME, COLOR, SEMANTICS }: Status): Stage => ({
  id: STATUS_ID,
  name: NAME,
  colour: colourOf(COLOR),
  ink: inkOn(colourOf(COLOR)),
  meaning: SEMANTICS === 'S' ? 'success' : SEMANTICS === 'F' ? 'failure' : 'process',
})

export const isClosing = ({ meaning }: Stage): boolean => meaning !== 'process'

/** Where the stages of a type are set up. */
export const stageSettings = (type: RecordType): string => `/settings/stages/${pathOf(type).slice('/crm/'.length)}/`

import { itemSteps } from './items/index.ts'
import { partSteps } from './parts/index.ts'
import { currencies } from './settings/currencies.ts'
import { directories } from './settings/directories.ts'
import { fields } from './settings/fields.ts'
import { mode } from './settings/mode.ts'
import { pipelines } from './settings/pipelines.ts'
import { types } from './settings/types.ts'
import { users } from './settings/users.ts'
import type { Step } from './step.ts'

/** Everything that is brought over, in its order: the table of contents. */
export const steps: readonly Step[] = [
  mode,
  currencies,
  users,
  types,
  pipelines,
  directories,
  fields,
  ...itemSteps,
  ...partSteps,
]

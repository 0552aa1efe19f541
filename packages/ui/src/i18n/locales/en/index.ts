import analytics from './analytics.ts'
import boards from './boards.ts'
import cards from './cards.ts'
import developer from './developer.ts'
import documents from './documents.ts'
import duplicates from './duplicates.ts'
import fields from './fields.ts'
import filters from './filters.ts'
import kinds from './kinds.ts'
import lists from './lists.ts'
import settings from './settings.ts'
import shell from './shell.ts'
import timeline from './timeline.ts'
import transfer from './transfer.ts'
import webforms from './webforms.ts'

/** The texts of the interface by area: each part of the interface has a file of its own, in every language alike. */
export default {
  ...analytics,
  ...boards,
  ...cards,
  ...developer,
  ...documents,
  ...duplicates,
  ...fields,
  ...filters,
  ...kinds,
  ...lists,
  ...settings,
  ...shell,
  ...timeline,
  ...transfer,
  ...webforms,
}

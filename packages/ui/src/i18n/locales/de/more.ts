import analytics from './analytics.ts'
import developer from './developer.ts'
import documents from './documents.ts'
import duplicates from './duplicates.ts'
import settings from './settings.ts'
import timeline from './timeline.ts'
import transfer from './transfer.ts'
import webforms from './webforms.ts'

/** What the other pages say: loaded when they are first visited, or when nothing else is to be done. */
export default {
  ...analytics,
  ...developer,
  ...documents,
  ...duplicates,
  ...settings,
  ...timeline,
  ...transfer,
  ...webforms,
}

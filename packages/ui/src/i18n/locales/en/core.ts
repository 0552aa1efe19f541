import boards from './boards.ts'
import cards from './cards.ts'
import fields from './fields.ts'
import filters from './filters.ts'
import kinds from './kinds.ts'
import lists from './lists.ts'
import shell from './shell.ts'

/** What boards and lists say: loaded before the first page. */
export default {
  ...boards,
  ...cards,
  ...fields,
  ...filters,
  ...kinds,
  ...lists,
  ...shell,
}

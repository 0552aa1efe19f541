import { exceptions } from './about-exceptions.ts'
import { nouns } from './about-nouns.ts'

/**
 * What a method does, in one plain sentence: made of the noun of its prefix and its verb, or taken from the table of
 * methods that are one of a kind. Documented methods that the server lacks have one as well; other names get ''.
 */
export function aboutOf(name: string): string {
  const known = exceptionOf.get(name.toLowerCase())
  if (known !== undefined) return known
  for (const [pattern, sentence] of families) {
    const match = pattern.exec(name)
    if (match !== null) return sentence(match.slice(1).map(nounOf), match.slice(1))
  }
  const mark = name.lastIndexOf('.')
  const noun = nounFor.get(name.slice(0, Math.max(mark, 0)).toLowerCase())
  const sentence = verbs[name.slice(mark + 1).toLowerCase()]
  return noun === undefined || sentence === undefined ? '' : sentence(noun, name)
}

interface Noun {
  /** With its article: `a lead`. */
  readonly one: string
  readonly many: string
}

function nounOf(text = ''): Noun {
  const [one = '', many = pluralOf(one)] = text.split('|')
  return { one: `${/^[aeiou](?!se[rs])/i.test(one) && !one.startsWith('unit') ? 'an' : 'a'} ${one}`, many }
}

const pluralOf = (word: string): string =>
  /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch)$/.test(word) ? `${word}es` : `${word}s`

const exceptionOf = new Map(Object.entries(exceptions).map(([name, text]) => [name.toLowerCase(), text]))
const nounFor = new Map(Object.entries(nouns).map(([prefix, text]) => [prefix.toLowerCase(), nounOf(text)]))

/** Lists that take no filter, or have no pages, in lower case. */
const unfiltered = new Set([
  'catalog.productimage.list',
  'crm.activity.badge.list',
  'crm.activity.binding.list',
  'crm.activity.type.list',
  'crm.automation.trigger.list',
  'crm.category.list',
  'crm.currency.list',
  'crm.duplicate.volatiletype.list',
  'crm.requisite.preset.field.list',
  'crm.timeline.icon.list',
  'crm.timeline.logo.list',
  'bizproc.activity.list',
  'bizproc.robot.list',
  'humanresources.employee.field.list',
  'humanresources.node.field.list',
  'humanresources.node.member.field.list',
  'main.eventlog.field.list',
  'portico.app.list',
  'portico.outbound.list',
  'portico.role.list',
  'portico.webhook.list',
  'userfieldtype.list',
])
const unpaged = new Set([
  'crm.invoice.status.list',
  'crm.item.delivery.list',
  'crm.item.payment.delivery.list',
  'crm.item.payment.list',
  'crm.item.payment.product.list',
  'crm.status.list',
])
const pagedOnly = new Set(['crm.documentgenerator.numerator.list', 'crm.timeline.logmessage.list'])

function listSentence({ many }: Noun, name: string): string {
  const key = name.toLowerCase()
  if (unfiltered.has(key)) return `Lists all ${many}.`
  if (pagedOnly.has(key)) return `Lists ${many}, a page at a time.`
  const filtered = many.includes(' that ') ? `${many}, by a filter` : `${many} that match a filter`
  return `Lists ${filtered}${unpaged.has(key) ? '' : ', a page at a time'}.`
}

/** Sentences by the last word of a name, in lower case. */
const verbs: Readonly<Record<string, (noun: Noun, name: string) => string>> = {
  add: ({ one }) => `Adds ${one}.`,
  get: ({ one }) => `Returns ${one}.`,
  list: listSentence,
  getlist: listSentence,
  update: ({ one }) => `Changes the given fields of ${one}.`,
  delete: ({ one }) => `Deletes ${one}.`,
  fields: ({ one }) => `Describes the fields of ${one}, with their types.`,
  getfields: ({ one }) => `Describes the fields of ${one}, with their types.`,
  getfieldsbyfilter: ({ one }) => `Describes the fields of ${one} in one catalog, the properties among them.`,
  set: ({ one }) => `Sets ${one}, in place of the present one.`,
  rename: ({ one }) => `Renames ${one}.`,
  restore: ({ one }) => `Takes ${one} back out of the recycle bin.`,
  markdeleted: ({ one }) => `Moves ${one} to the recycle bin.`,
  copyto: ({ one }) => `Copies ${one} into another folder.`,
  moveto: ({ one }) => `Moves ${one} into another folder.`,
  download: ({ one }) => `Returns a file of ${one} as bytes.`,
  getchildren: ({ one }) => `Lists what is in ${one}.`,
  getexternallink: ({ one }) => `Returns a public link to ${one}.`,
  getversions: ({ one }) => `Lists the versions of ${one}.`,
  search: ({ many }) => `Searches ${many} by words.`,
  uploadfile: ({ one }) => `Stores a new file in ${one}.`,
  uploadversion: ({ one }) => `Stores a new version of ${one}.`,
  restorefromversion: ({ one }) => `Makes ${one} what an earlier version of it was.`,
  addsubfolder: ({ one }) => `Adds a folder below ${one}.`,
  addfolder: ({ one }) => `Adds a folder to ${one}.`,
  deletetree: ({ one }) => `Deletes ${one} with all that is in it.`,
  sharetouser: ({ one }) => `Shares ${one} with a person.`,
  getforapp: ({ one }) => `Returns ${one} for the calling application.`,
  gettypes: ({ one }) => `Lists the types that ${one} can have.`,
}

type Sentence = (nouns: readonly Noun[], words: readonly string[]) => string

const enumerations: Readonly<Record<string, string>> = {
  activitydirection: 'directions of activities',
  activitynotifytype: 'units of reminders of activities',
  activitypriority: 'priorities of activities',
  activitystatus: 'statuses of activities',
  activitytype: 'types of activities',
  addresstype: 'types of addresses',
  contenttype: 'formats of texts',
  'settings.mode': 'ways of working of the CRM',
  ownertype: 'types of CRM records',
  getorderownertypes: 'types of CRM records that orders can be bound to',
}

/** Families that repeat under several prefixes. */
const families: readonly (readonly [RegExp, Sentence])[] = [
  [/^crm\.enum\.fields$/i, () => 'Describes the fields of an entry of an enumeration.'],
  [/^crm\.enum\.(.+)$/i, (_nouns, [name = '']) => `Lists the ${enumerations[name] ?? ''} with their ids.`],
  [/^crm\.(lead|deal|quote|company)\.(contact)\.add$/i, ([owner, linked]) => `Links ${linked?.one} to ${owner?.one}.`],
  [/^crm\.(contact)\.(company)\.add$/i, ([owner, linked]) => `Links ${linked?.one} to ${owner?.one}.`],
  [
    /^crm\.(\w+)\.(contact|company)\.delete$/i,
    ([owner, linked]) => `Ends the link of ${linked?.one} to ${owner?.one}; both records stay.`,
  ],
  [
    /^crm\.(\w+)\.(contact|company)\.fields$/i,
    ([owner, linked]) => `Describes the fields of a link of ${linked?.one} to ${owner?.one}.`,
  ],
  [/^crm\.(\w+)\.(contact|company)\.items\.get$/i, ([owner, linked]) => `Lists the ${linked?.many} of ${owner?.one}.`],
  [
    /^crm\.(\w+)\.(contact|company)\.items\.set$/i,
    ([owner, linked]) => `Sets all ${linked?.many} of ${owner?.one}, in place of the present links.`,
  ],
  [
    /^crm\.(\w+)\.(contact|company)\.items\.delete$/i,
    ([owner, linked]) => `Ends the links of all ${linked?.many} to ${owner?.one}; the records stay.`,
  ],
  [/^crm\.(\w+)\.productrows\.get$/i, ([owner]) => `Lists the product rows of ${owner?.one}.`],
  [
    /^crm\.(\w+)\.productrows\.set$/i,
    ([owner]) => `Sets all product rows of ${owner?.one}, in place of the present ones.`,
  ],
  [
    /^crm\.(\w+)\.details\.configuration\.(\w+)$/i,
    ([owner], [word = '', verb = '']) => {
      const card = `the layout of the card of ${word.toLowerCase() === 'item' ? 'records of a CRM type' : owner?.many}`
      return cardSentences[verb.toLowerCase()]?.(card) ?? ''
    },
  ],
  [/^crm\.(activity|timeline)\.layout\.blocks\.(set|get|delete)$/i, (_nouns, [of = '', verb = '']) => layout(of, verb)],
  [/^crm\.userfield\.types$/i, () => 'Lists the types of user fields.'],
  [/^(crm\.product\.property)\.types$/i, () => 'Lists the types of properties of CRM products.'],
  [
    /^crm\.(userfield|product\.property)\.(enumeration\.|settings\.)?fields$/i,
    (_nouns, [of = '', part = '']) => {
      const what = of.toLowerCase() === 'userfield' ? 'a user field' : 'a property of CRM products'
      const parts = { 'enumeration.': `an option of ${what}`, 'settings.': `the settings of ${what}` }
      return `Describes the fields of ${parts[part.toLowerCase() as keyof typeof parts] ?? what}.`
    },
  ],
  [/^(?:crm\.)?(\w+)\.userfield\.(add|get|list|update|delete)$/i, ([owner], [, verb = '']) => userField(owner, verb)],
  [/^crm\.multifield\.fields$/i, () => 'Describes the fields of a phone, e-mail address, site or messenger.'],
  [/^crm\.activity\.communication\.fields$/i, () => 'Describes the fields of a phone or e-mail that an activity uses.'],
]

const cardSentences: Readonly<Record<string, (card: string) => string>> = {
  get: (card) => `Returns ${card}, as one person or everyone sees it.`,
  set: (card) => `Sets ${card}, for one person or for everyone.`,
  reset: (card) => `Puts back ${card} to what it was at first.`,
  forcecommonscopeforall: (card) => `Gives everyone the common one as ${card}, and ends their own.`,
}

function layout(of: string, verb: string): string {
  const where = of.toLowerCase() === 'activity' ? 'an activity' : 'a timeline entry'
  const does = { set: 'Sets', get: 'Returns', delete: 'Removes' }[verb.toLowerCase()] ?? ''
  return `${does} the blocks that the application shows in ${where}.`
}

function userField(owner: Noun | undefined, verb: string): string {
  const of = owner?.many ?? ''
  const sentences: Readonly<Record<string, string>> = {
    add: `Adds a user field to ${of} and returns its id.`,
    get: `Returns a user field of ${of}, with its options and settings.`,
    list: `Lists the user fields of ${of} that match a filter.`,
    update: `Changes the given settings of a user field of ${of}.`,
    delete: `Deletes a user field of ${of} with all its values.`,
  }
  return sentences[verb.toLowerCase()] ?? ''
}

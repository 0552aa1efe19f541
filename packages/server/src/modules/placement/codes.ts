import { InvalidValue, isBlank, textOf } from '../../schema/kind.ts'

/** One key of `OPTIONS` that a place keeps; others are dropped, as documented on the pages of the places. */
export interface PlaceOption {
  readonly key: string
  readonly required?: true
  /** Throws InvalidValue. */
  read(input: unknown): unknown
  /** The documented code for a wrong value. */
  readonly error?: string
}

/** A place in the pages of the portal that applications may fill. */
export interface Place {
  readonly code: string
  /** What is needed beside the scope `placement`; null: nothing, it is everyone's. */
  readonly scope: string | null
  /** An application fills it once only. */
  readonly single?: true
  /** It may be filled for one person. */
  readonly personal?: true
  readonly options?: readonly PlaceOption[]
  /** Its page is opened as any page is: by GET, and told nothing (api-reference/widgets/crm/bi-analytics-menu.md). */
  readonly plain?: true
  /** What the record or person that it is opened for is called in `PLACEMENT_OPTIONS`. */
  readonly idKey?: string
  /** What widgets may tell this place to do, and what it tells them. */
  readonly commands?: readonly string[]
  readonly events?: readonly string[]
}

const text = (key: string, more: Partial<PlaceOption> = {}): PlaceOption => ({
  key,
  read: (input) => textOf(input).trim(),
  ...more,
})

const oneOf = (key: string, words: readonly string[], error: string): PlaceOption => ({
  key,
  error,
  read(input) {
    const word = textOf(input).trim().toUpperCase()
    if (!words.includes(word)) throw new InvalidValue(`one of ${words.join(', ')} is expected`)
    return word
  },
})

const CONTEXTS = ['ALL', 'USER', 'CHAT', 'LINES', 'CRM']
/** `CHAT;LINES`; ALL stands for every other. */
const context: PlaceOption = {
  key: 'context',
  error: 'INVALID_ERROR_CONTEXT',
  read(input) {
    const words = textOf(input)
      .split(';')
      .map((word) => word.trim().toUpperCase())
    if (words.some((word) => !CONTEXTS.includes(word))) throw new InvalidValue('an unknown context')
    return words.includes('ALL') ? 'ALL' : words.join(';')
  },
}
const icon = text('iconName', { required: true })
const extranet = oneOf('extranet', ['Y', 'N'], 'INVALID_ERROR_EXTRANET')
const role = oneOf('role', ['USER', 'ADMIN'], 'INVALID_ERROR_ROLE')
const percent = (key: string): PlaceOption => ({
  key,
  read(input) {
    const value = isBlank(input) ? 100 : Number(textOf(input))
    if (!Number.isInteger(value) || value < 0) throw new InvalidValue('a whole number is expected')
    return value
  },
})

/** Where a place is one of every kind of records: its code around the kind's name (api-reference/widgets/placements.md). */
const families: readonly (Omit<Place, 'code' | 'scope'> & {
  readonly prefix?: string
  readonly suffix: string
  readonly of: readonly string[]
  /** Smart processes have it, too. */
  readonly dynamic: boolean
})[] = [
  {
    suffix: 'LIST_MENU',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE', 'ACTIVITY'],
    dynamic: true,
    idKey: 'ID',
    commands: ['reloadData'],
  },
  {
    suffix: 'LIST_TOOLBAR',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'INVOICE', 'QUOTE', 'ORDER', 'SMART_INVOICE'],
    dynamic: true,
  },
  {
    suffix: 'DETAIL_TAB',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE', 'ORDER'],
    dynamic: true,
    idKey: 'ID',
    commands: ['reloadData'],
  },
  {
    suffix: 'DETAIL_ACTIVITY',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE', 'ORDER'],
    dynamic: true,
    idKey: 'ID',
    commands: ['reloadData'],
    options: [
      oneOf('useBuiltInInterface', ['Y', 'N'], 'ERROR_ARGUMENT'),
      text('newUserNotificationTitle'),
      text('newUserNotificationText'),
    ],
  },
  {
    suffix: 'DETAIL_TOOLBAR',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'INVOICE', 'QUOTE', 'SMART_INVOICE'],
    dynamic: true,
    idKey: 'ID',
  },
  {
    suffix: 'ACTIVITY_TIMELINE_MENU',
    of: ['LEAD', 'DEAL', 'QUOTE', 'SMART_INVOICE'],
    dynamic: true,
    idKey: 'ENTITY_ID',
  },
  {
    suffix: 'DOCUMENTGENERATOR_BUTTON',
    of: ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'QUOTE', 'SMART_INVOICE'],
    dynamic: true,
    idKey: 'ENTITY_ID',
  },
  { suffix: 'ROBOT_DESIGNER_TOOLBAR', of: ['LEAD', 'DEAL', 'SMART_INVOICE'], dynamic: true },
  // Of deals the code names no kind (api-reference/widgets/crm/funnels-toolbar.md).
  { suffix: 'FUNNELS_TOOLBAR', of: ['', 'SMART_INVOICE'], dynamic: true },
]

const clientSearch = {
  scope: 'crm',
  commands: ['crmShowFoundEntities', 'crmShowCreatedEntity'],
  events: ['onCrmEntityIsNeedToCreate'],
} as const

const alone: readonly Place[] = [
  { code: 'CRM_DETAIL_SEARCH', ...clientSearch },
  { code: 'CRM_REQUISITE_AUTOCOMPLETE', ...clientSearch },
  { code: 'CRM_BANK_DETAIL_AUTOCOMPLETE', ...clientSearch },
  { code: 'CRM_ANALYTICS_MENU', scope: 'crm' },
  { code: 'CRM_ANALYTICS_TOOLBAR', scope: 'crm' },
  { code: 'BI_ANALYTICS_MENU', scope: null, plain: true },
  { code: 'CALENDAR_GRIDVIEW', scope: 'calendar' },
  { code: 'CALL_CARD', scope: 'telephony' },
  { code: 'CONTACT_CENTER', scope: 'contact_center', idKey: 'ID' },
  // Registration in messenger places needs no `im`: only the handler does (api-reference/widgets/index.md).
  { code: 'IM_CONTEXT_MENU', scope: null, options: [context, role, extranet] },
  { code: 'IM_NAVIGATION', scope: null, options: [icon, role, extranet] },
  { code: 'IM_SIDEBAR', scope: null, options: [icon, context, role, extranet, text('color')] },
  { code: 'IM_SMILES_SELECTOR', scope: null },
  {
    code: 'IM_TEXTAREA',
    scope: null,
    options: [icon, context, role, extranet, text('color'), percent('width'), percent('height')],
  },
  { code: 'IMMOBILE_CONTEXT_MENU', scope: null, options: [context, role, extranet] },
  { code: 'LEFT_MENU', scope: null },
  {
    code: 'PAGE_BACKGROUND_WORKER',
    scope: null,
    single: true,
    personal: true,
    options: [text('errorHandlerUrl', { required: true, error: 'EMPTY_ERROR_HANDLER_URL' })],
  },
  { code: 'REST_APP_URI', scope: null, single: true },
  { code: 'SONET_GROUP_DETAIL_TAB', scope: 'sonet_group', idKey: 'GROUP_ID' },
  { code: 'SONET_GROUP_ROBOT_DESIGNER_TOOLBAR', scope: 'sonet_group', idKey: 'GROUP_ID' },
  { code: 'SONET_GROUP_TOOLBAR', scope: 'sonet_group', idKey: 'GROUP_ID' },
  { code: 'TASK_GROUP_LIST_TOOLBAR', scope: 'task', idKey: 'GROUP_ID' },
  { code: 'TASK_LIST_CONTEXT_MENU', scope: 'task', idKey: 'ID' },
  { code: 'TASK_ROBOT_DESIGNER_TOOLBAR', scope: 'task' },
  { code: 'TASK_USER_LIST_TOOLBAR', scope: 'task', idKey: 'USER_ID' },
  { code: 'TASK_VIEW_SIDEBAR', scope: 'task', idKey: 'taskId' },
  { code: 'TASK_VIEW_TAB', scope: 'task', idKey: 'taskId' },
  { code: 'TASK_VIEW_TOP_PANEL', scope: 'task', idKey: 'taskId' },
  { code: 'TELEPHONY_ANALYTICS_MENU', scope: 'telephony' },
  { code: 'USER_PROFILE_MENU', scope: 'user', idKey: 'USER_ID' },
  { code: 'USER_PROFILE_TOOLBAR', scope: 'user', idKey: 'USER_ID' },
]

/** Every place of a portal that has these smart processes, in the order of `placement.list`. */
export function placesOf(smartProcesses: readonly number[]): ReadonlyMap<string, Place> {
  const dynamic = smartProcesses.map((id) => `DYNAMIC_${id}`)
  const places = families.flatMap(({ suffix, of, dynamic: everywhere, ...rest }): Place[] =>
    [...of, ...(everywhere ? dynamic : [])].map((kind) => ({
      code: ['CRM', kind, suffix].filter(Boolean).join('_'),
      scope: 'crm',
      ...rest,
    })),
  )
  return new Map([...places, ...alone].map((place) => [place.code, place]))
}

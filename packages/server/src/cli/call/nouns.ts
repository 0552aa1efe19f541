export type Verb = 'list' | 'get' | 'create' | 'update' | 'delete' | 'fields'

/** Where a noun's methods are: under a prefix of its own, or `crm.item.*` with the id of its type. */
export type NounApi =
  | { readonly prefix: string }
  /** `type` is the id of the type; `'option'` takes it from `--type`. */
  | { readonly entityTypeId: number | 'option'; readonly prefix?: string }

/** What people work with on the command line, and how the REST API calls it. */
export interface Noun {
  /** `lead` */
  readonly name: string
  readonly plural: string
  readonly api: NounApi
  readonly verbs: readonly Verb[]
  /** Whether rows can be imported and exported in bulk. */
  readonly transfer?: true
  /** What the id is called in rows: `ID`, `id`, `CURRENCY`, `STATUS_ID`. */
  readonly id: string
  /** Under what the result holds one row and several: `item` and `items`; without it they are the result. */
  readonly wrapped?: { readonly one: string; readonly many: string }
  /** Where lists are cut into no pages. */
  readonly whole?: true
  /** Methods that deviate: `user.get` lists people. */
  readonly list?: string
  /** `bare`: fields and filters are parameters themselves, beside `ID`. */
  readonly bare?: true
  /** What a terminal shows of a list without --select. */
  readonly columns: readonly string[]
  /** A first record, for the examples of `--help`. */
  readonly sample: string
  /** A condition, for the same. */
  readonly condition: string
}

const all: readonly Verb[] = ['list', 'get', 'create', 'update', 'delete', 'fields']

/** Every noun, in the order of `--help`. */
export const nouns: readonly Noun[] = [
  {
    name: 'lead',
    plural: 'leads',
    api: { prefix: 'crm.lead' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'TITLE', 'STATUS_ID', 'OPPORTUNITY', 'CURRENCY_ID', 'ASSIGNED_BY_ID', 'DATE_CREATE'],
    sample: 'TITLE=MegaClient',
    condition: 'STATUS_ID=NEW',
  },
  {
    name: 'deal',
    plural: 'deals',
    api: { prefix: 'crm.deal' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'TITLE', 'STAGE_ID', 'OPPORTUNITY', 'CURRENCY_ID', 'ASSIGNED_BY_ID', 'DATE_CREATE'],
    sample: 'TITLE=Delivery',
    condition: '>OPPORTUNITY=100',
  },
  {
    name: 'contact',
    plural: 'contacts',
    api: { prefix: 'crm.contact' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'NAME', 'LAST_NAME', 'POST', 'COMPANY_ID', 'ASSIGNED_BY_ID', 'DATE_CREATE'],
    sample: 'NAME=Ada',
    condition: '%LAST_NAME=lace',
  },
  {
    name: 'company',
    plural: 'companies',
    api: { prefix: 'crm.company' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'TITLE', 'COMPANY_TYPE', 'INDUSTRY', 'ASSIGNED_BY_ID', 'DATE_CREATE'],
    sample: 'TITLE=Acme',
    condition: 'COMPANY_TYPE=CUSTOMER',
  },
  {
    name: 'quote',
    plural: 'quotes',
    api: { prefix: 'crm.quote' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'TITLE', 'STATUS_ID', 'OPPORTUNITY', 'CURRENCY_ID', 'ASSIGNED_BY_ID', 'DATE_CREATE'],
    sample: 'TITLE=Offer',
    condition: 'STATUS_ID=DRAFT',
  },
  {
    name: 'invoice',
    plural: 'invoices',
    api: { entityTypeId: 31 },
    verbs: all,
    transfer: true,
    id: 'id',
    wrapped: { one: 'item', many: 'items' },
    columns: ['id', 'title', 'stageId', 'opportunity', 'currencyId', 'assignedById', 'createdTime'],
    sample: 'title=March',
    condition: '>opportunity=100',
  },
  {
    name: 'item',
    plural: 'items of any type',
    api: { entityTypeId: 'option' },
    verbs: all,
    transfer: true,
    id: 'id',
    wrapped: { one: 'item', many: 'items' },
    columns: ['id', 'title', 'stageId', 'opportunity', 'currencyId', 'assignedById', 'createdTime'],
    sample: 'title=Request',
    condition: '>opportunity=100',
  },
  {
    name: 'product',
    plural: 'products',
    api: { prefix: 'crm.product' },
    verbs: all,
    transfer: true,
    id: 'ID',
    columns: ['ID', 'NAME', 'PRICE', 'CURRENCY_ID', 'SECTION_ID', 'ACTIVE'],
    sample: 'NAME=Chair',
    condition: 'ACTIVE=Y',
  },
  {
    name: 'activity',
    plural: 'activities',
    api: { prefix: 'crm.activity' },
    verbs: all,
    id: 'ID',
    columns: ['ID', 'SUBJECT', 'TYPE_ID', 'OWNER_TYPE_ID', 'OWNER_ID', 'COMPLETED', 'DEADLINE'],
    sample: 'SUBJECT=Call',
    condition: 'COMPLETED=N',
  },
  {
    name: 'status',
    plural: 'stages and other directory entries',
    api: { prefix: 'crm.status' },
    verbs: all,
    id: 'ID',
    whole: true,
    columns: ['ID', 'ENTITY_ID', 'STATUS_ID', 'NAME', 'SORT'],
    sample: 'NAME=Fair',
    condition: 'ENTITY_ID=SOURCE',
  },
  {
    name: 'category',
    plural: 'pipelines',
    api: { prefix: 'crm.category', entityTypeId: 'option' },
    verbs: all,
    id: 'id',
    wrapped: { one: 'category', many: 'categories' },
    whole: true,
    columns: ['id', 'name', 'sort', 'isDefault'],
    sample: 'name=Partners',
    condition: 'isDefault=N',
  },
  {
    name: 'type',
    plural: 'smart process types',
    api: { prefix: 'crm.type' },
    verbs: all,
    id: 'id',
    wrapped: { one: 'type', many: 'types' },
    columns: ['id', 'entityTypeId', 'title', 'createdTime'],
    sample: 'title=Repairs',
    condition: '%title=Rep',
  },
  {
    name: 'currency',
    plural: 'currencies',
    api: { prefix: 'crm.currency' },
    verbs: all,
    id: 'CURRENCY',
    whole: true,
    columns: ['CURRENCY', 'AMOUNT_CNT', 'AMOUNT', 'BASE', 'FULL_NAME', 'SORT'],
    sample: 'CURRENCY=CHF',
    condition: 'BASE=N',
  },
  {
    name: 'user',
    plural: 'people',
    api: { prefix: 'user' },
    verbs: ['list', 'get', 'create', 'update', 'fields'],
    list: 'user.get',
    id: 'ID',
    bare: true,
    columns: ['ID', 'NAME', 'LAST_NAME', 'EMAIL', 'WORK_POSITION', 'ACTIVE'],
    sample: 'EMAIL=ada@example.com',
    condition: 'ACTIVE=true',
  },
  {
    name: 'department',
    plural: 'departments',
    api: { prefix: 'department' },
    verbs: all,
    list: 'department.get',
    id: 'ID',
    bare: true,
    columns: ['ID', 'NAME', 'PARENT', 'UF_HEAD', 'SORT'],
    sample: 'NAME=Sales',
    condition: 'PARENT=1',
  },
]

/** Whether the type of the rows is left to `--type`. */
export const isTypeOpen = ({ api }: Noun): boolean => 'entityTypeId' in api && api.entityTypeId === 'option'

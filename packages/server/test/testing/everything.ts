/** A seed with something of everything that a seed can say: what refers to what, and what is hard about it. */
export const everything = `
portal:
  crmMode: simple
  baseCurrency: '@CHF'
departments:
  group: { ID: 1, NAME: ACME Group, later: { UF_HEAD: 1 } }
  sales: { NAME: Sales, PARENT: 1, SORT: 100, later: { UF_HEAD: '@maria' } }
  north: { NAME: North, PARENT: '@sales' }
users:
  chief: { ID: 1, NAME: Ada, WORK_POSITION: Chief }
  maria: { EMAIL: maria@example.com, NAME: Maria, LAST_NAME: Lind, UF_DEPARTMENT: ['@sales', '@north'], admin: true, password: correct horse battery, PERSONAL_MOBILE: '+49 170 1', UF_USR_BADGE: '@badge.blue', later: { UF_USR_CLIENT: ['@acme', '@other'] } }
  gone: { EMAIL: gone@example.com, NAME: Gone, UF_DEPARTMENT: [1], later: { ACTIVE: N } }
roles:
  everyone: { name: Everyone, absent: true }
  sellers:
    name: Sellers
    access: ['DR@{sales}', 'U@{maria}']
    permissions:
      - { entity: deal, action: read, level: all }
      - { entity: deal, action: update, level: own, categoryId: '@partners' }
      - { entity: deal, action: delete, level: none, categoryId: '@partners', stageId: '@review' }
      - { entityTypeId: '@machines', action: add, level: all }
currencies:
  CHF: { AMOUNT: 1, AMOUNT_CNT: 1, SORT: 50 }
  EUR: { AMOUNT: 0.9321 }
  GBP: { absent: true }
types:
  machines: { title: Machines, entityTypeId: 1040, isCategoriesEnabled: Y, isStagesEnabled: Y, isClientEnabled: Y, isLinkWithProductsEnabled: Y, isSetOpenPermissions: N, isBeginCloseDatesEnabled: Y, isObserversEnabled: Y, isMycompanyEnabled: Y, relations: { child: [{ entityTypeId: 2, isChildrenListEnabled: 'true' }] } }
  parts: { title: Parts, code: parts, relations: { parent: [{ entityTypeId: '@machines' }] } }
pipelines:
  deals: { entityTypeId: 2, isDefault: Y, name: Direct sales, sort: 10 }
  partners: { entityTypeId: 2, name: Partner sales, sort: 300 }
  service: { entityTypeId: '@machines', isDefault: Y, name: Service }
  repair: { entityTypeId: '@machines', name: Repair }
  vip: { entityTypeId: 3, name: VIP }
  abroad: { entityTypeId: 31, name: Abroad }
statuses:
  fair: { ENTITY_ID: SOURCE, STATUS_ID: FAIR, NAME: 'Trade fair: spring', SORT: 5 }
  call: { ENTITY_ID: SOURCE, STATUS_ID: CALL, NAME: Phone }
  advertising: { ENTITY_ID: SOURCE, STATUS_ID: ADVERTISING, absent: true }
  review: { ENTITY_ID: 'DEAL_STAGE_@{partners}', STATUS_ID: REVIEW, NAME: Review, SORT: 25, COLOR: '#112233', later: { required: [companyId, ufCrmStage] } }
  won: { ENTITY_ID: DEAL_STAGE, STATUS_ID: WON, later: { required: [opportunity] } }
  approval: { ENTITY_ID: 'DYNAMIC_@{machines}_STAGE_@{machines.pipeline}', STATUS_ID: CLIENT, later: { required: ['@{serial}'] } }
  preparation: { ENTITY_ID: 'DYNAMIC_@{machines}_STAGE_@{machines.pipeline}', STATUS_ID: PREPARATION, absent: true }
  waiting: { ENTITY_ID: 'DYNAMIC_@{machines}_STAGE_@{repair}', STATUS_ID: WAITING, NAME: Waiting, SORT: 15 }
fields:
  size: { entityId: CRM_COMPANY, fieldName: UF_CRM_SIZE, userTypeId: enumeration, editFormLabel: { en: Size, de: Größe }, enum: [{ value: Small }, { value: Large, sort: 20, def: Y }, { value: Large, xmlId: second }], later: { mandatory: Y } }
  friends: { entityId: CRM_COMPANY, fieldName: UF_CRM_FRIENDS, userTypeId: crm, multiple: Y, editFormLabel: Friends, settings: { COMPANY: Y, DEAL: Y } }
  boss: { entityId: CRM_COMPANY, fieldName: UF_CRM_BOSS, userTypeId: employee, editFormLabel: Boss }
  papers: { entityId: CRM_DEAL, fieldName: UF_CRM_PAPERS, userTypeId: file, multiple: Y, editFormLabel: Papers }
  stage: { entityId: CRM_DEAL, fieldName: UF_CRM_STAGE, userTypeId: crm_status, editFormLabel: Stage, settings: { ENTITY_TYPE: 'DEAL_STAGE_@{partners}' } }
  badge: { entityId: USER, fieldName: UF_USR_BADGE, userTypeId: enumeration, editFormLabel: { en: Badge, de: Ausweis }, listColumnLabel: { en: B }, enum: [{ value: red }, { value: blue }], later: { mandatory: Y } }
  client: { entityId: USER, fieldName: UF_USR_CLIENT, userTypeId: crm, multiple: Y, settings: { COMPANY: Y } }
  remark: { entityId: CRM_REQUISITE, fieldName: UF_CRM_REMARK, userTypeId: string, editFormLabel: Remark, listFilterLabel: R, sort: 50 }
  budget: { entityId: CRM_DEAL, fieldName: UF_CRM_BUDGET, userTypeId: double, editFormLabel: { en: Budget }, listColumnLabel: { en: Money, de: Geld }, errorMessage: Oh }
  serial: { entityId: 'CRM_@{machines.id}', fieldName: 'UF_CRM_@{machines.id}_SERIAL', userTypeId: string, editFormLabel: { en: Serial }, settings: { DEFAULT_VALUE: none, MAX_LENGTH: 20 } }
apps:
  bridge: { TITLE: Bridge, HANDLER: 'https://bridge.example.com/', SCOPE: [crm, user], MENU: { en: Bridge } }
webhooks:
  ci: { user: '@maria', scope: [crm, user], title: CI }
  all: {}
outbound:
  hook: { url: 'https://hooks.example.com/', events: [ONCRMLEADADD, ONCRMDEALADD], title: Hook, later: { active: N } }
records:
  crm.vat:
    reduced: { NAME: Reduced, RATE: 7, C_SORT: 50 }
  crm.measure:
    hour: { CODE: 356, MEASURE_TITLE: Hour, SYMBOL_INTL: h }
  crm.productsection:
    tools: { NAME: Tools }
    small-tools: { NAME: Small tools, SECTION_ID: '@tools' }
  crm.product:
    drill: { NAME: Drill, PRICE: 99.5, CURRENCY_ID: EUR, SECTION_ID: '@small-tools', VAT_ID: '@reduced', VAT_INCLUDED: Y, DESCRIPTION: "Two\\nlines" }
    consulting: { NAME: Consulting, MEASURE: '@hour', SORT: 10 }
  crm.requisite.preset:
    club: { ENTITY_TYPE_ID: 8, COUNTRY_ID: 122, NAME: Club, SORT: 700, FIELDS: [{ FIELD_NAME: RQ_COMPANY_NAME, IN_SHORT_LIST: Y, SORT: 10 }, { FIELD_NAME: RQ_PHONE, FIELD_TITLE: Call us, SORT: 20 }] }
  company:
    acme: { title: '@@ACME @@{x}', ufCrmSize: '@size.Small', ufCrmBoss: '@maria', isMyCompany: Y, fm: [{ typeId: PHONE, valueType: WORK, value: '+49 30 1' }, { typeId: EMAIL, valueType: HOME, value: a@example.com }], later: { ufCrmFriends: ['CO_@{other}', 'D_@{first}', 'CO_@{acme}'] } }
    other: { title: 'Other: "quoted" #1', ufCrmSize: '@size.second', typeId: PARTNER }
  contact:
    ines: { name: Ines, lastName: Duarte, companyIds: ['@other', '@acme'], categoryId: '@vip', birthdate: '1980-02-29', comments: 'Hi [b]you[/b]' }
    nobody: { name: 'Null', sourceId: FAIR, later: { typeId: '' } }
  lead:
    ask: { title: Ask, name: X, stageId: IN_PROCESS }
  deal:
    first:
      title: 'First @{acme}'
      companyId: '@acme'
      contactIds: ['@ines', '@nobody']
      categoryId: '@partners'
      stageId: '@review'
      currencyId: EUR
      assignedById: '@maria'
      observers: ['@maria', 1]
      parentId@{machines}: '@press'
      ufCrmPapers: [['a.txt', aGVsbG8=], ['b.bin', AAEC/w==]]
      ufCrmStage: '@review'
      later: { closedate: '' }
      productRows:
        - { productId: '@drill', productName: Drill, price: 90, quantity: 3, discountTypeId: 2, discountRate: 10, discountSum: 10, taxRate: 7, taxIncluded: Y }
        - { productName: Free text, price: 10.1, quantity: 2.5, measureCode: 356, measureName: h }
    second: { title: Second, isManualOpportunity: Y, opportunity: 1200.55, begindate: '2026-01-02', stageId: '@deals.WON' }
  quote:
    offer: { title: Offer, dealId: '@first', mycompanyId: '@acme' }
  invoice:
    bill: { title: Bill, categoryId: '@abroad', companyId: '@other', later: { mycompanyId: '' } }
  machines:
    press: { title: Press, '@{serial}': x-1, companyId: '@acme', stageId: '@service.CLIENT' }
    lathe: { title: Lathe, '@{serial}': '', categoryId: '@repair', stageId: '@waiting' }
  parts:
    screw: { title: Screw, 'parentId@{machines}': '@press' }
  crm.requisite:
    main: { ENTITY_TYPE_ID: 4, ENTITY_ID: '@acme', PRESET_ID: '@club', NAME: Main, RQ_COMPANY_NAME: ACME Ltd, UF_CRM_REMARK: Good }
  crm.requisite.bankdetail:
    giro: { ENTITY_ID: '@main', NAME: Giro, RQ_IBAN: DE02 }
  crm.address:
    street: { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: '@main', ADDRESS_1: Street 1, CITY: Town }
    home: { TYPE_ID: 1, ENTITY_TYPE_ID: 1, ENTITY_ID: '@ask', CITY: Village }
  crm.requisite.link:
    chosen: { ENTITY_TYPE_ID: 2, ENTITY_ID: '@first', REQUISITE_ID: '@main', BANK_DETAIL_ID: '@giro', MC_REQUISITE_ID: 0, MC_BANK_DETAIL_ID: 0 }
  crm.activity:
    ring: { OWNER_TYPE_ID: 2, OWNER_ID: '@first', TYPE_ID: 2, SUBJECT: Ring, START_TIME: '2026-01-01T10:00:00+01:00', END_TIME: '2026-01-01T11:00:00+01:00', COMMUNICATIONS: [{ TYPE: PHONE, VALUE: '+49 30 1', ENTITY_TYPE_ID: 4, ENTITY_ID: '@acme' }], DIRECTION: 2, COMPLETED: Y }
    todo: { OWNER_TYPE_ID: '@machines', OWNER_ID: '@press', TYPE_ID: 6, PROVIDER_ID: CRM_TODO, PROVIDER_TYPE_ID: TODO, SUBJECT: Oil it, DEADLINE: '2026-02-01T10:00:00+01:00', SETTINGS: { COLOR: '2' }, RESPONSIBLE_ID: '@maria', BINDINGS: [{ OWNER_TYPE_ID: 3, OWNER_ID: '@ines' }] }
  crm.timeline.comment:
    note: { ENTITY_TYPE: deal, ENTITY_ID: '@first', COMMENT: '[b]Hello[/b] there', AUTHOR_ID: '@maria', FILES: [['c.txt', aGVsbG8=]] }
`

export interface Difference {
  /** Lines that `shapeDifferences` reports of an answer to the method: one, or those that match. */
  readonly at: string | RegExp
  readonly why: string
}

/**
 * Where Portico answers a documented request in another shape than its page shows, on purpose. An entry that no answer
 * shows any more fails the test.
 */
export const differences: Readonly<Record<string, readonly Difference[]>> = {
  'app.info': [
    { at: /^answer\.result\.\w+: missing$/, why: 'there are no applications yet: a caller gets what a webhook gets' },
    { at: 'answer.result.SCOPE: extra', why: 'real portals tell it to callers that are no application' },
  ],
  batch: [
    {
      at: /\.get_department: missing$|\.get_departments: extra$/,
      why: "one of the page's requests names its command get_departments, and the answer shown get_department",
    },
    {
      at: /\.get_app: extra$/,
      why: 'the answer shown is that to the second request; the first also asks for the application',
    },
    {
      at: /\.get_(user|department)\.operating(_reset_at)?: extra$/,
      why: 'all eight keys of the time, always: clients read them',
    },
    {
      at: /\.get_user\.(TIME_ZONE|USER_TYPE|WORK_POSITION|XML_ID): extra$/,
      why: 'the example leaves out what the pages of user.current and user.get show',
    },
  ],
  'crm.company.userfield.get': otherLanguages(),
  'crm.contact.userfield.get': otherLanguages(),
  'crm.quote.userfield.get': otherLanguages(),
  'crm.contact.get': [
    { at: 'answer.result.ADDRESS_COUNTRY_CODE: extra', why: 'the example leaves out one of the nine address fields' },
  ],
  'crm.contact.userfield.list': [
    { at: /\[\]\.SETTINGS\./, why: 'settings depend on the type, and the page has fields of other types in its list' },
  ],
  'crm.item.list': [
    { at: 'answer.next: extra', why: 'by then the other requests have made more records than one page holds' },
  ],
  'crm.item.update': [
    {
      at: 'answer.result.item.webformId: null instead of number',
      why: 'the page of crm.item.add shows null of the same deals',
    },
  ],
  'user.current': [
    {
      at: /\.(TIMESTAMP_X|TIME_ZONE|USER_TYPE|XML_ID): extra$/,
      why: 'the example leaves out what the pages of batch and user.get, and the Python SDK, show of the same person',
    },
  ],
  'user.get': [
    { at: 'answer.result[].XML_ID: extra', why: 'the Python SDK finds it in every profile' },
    { at: 'answer.result[].UF_DEPARTMENT: empty', why: 'who is invited without a department has none' },
    {
      at: /\.(LAST_ACTIVITY_DATE|TIMESTAMP_X): string instead of map$/,
      why: 'an empty object says nothing; user.current and the page of batch show these as texts',
    },
  ],
  'userfieldconfig.add': [
    {
      at: /\.ru: missing$/,
      why: 'a field has the languages that it was given labels in, whichever the portal has',
    },
  ],
  'userfieldconfig.getTypes': [
    { at: /\.types\.rest_\w+: (missing|extra)$/, why: 'the types of the applications of a portal' },
  ],
}

function otherLanguages(): readonly Difference[] {
  return [
    {
      at: /_(LABEL|MESSAGE)\.(hi|in|kz|ru|ua): extra$/,
      why: 'the portal of this page had fewer languages than that of crm.lead.userfield.get',
    },
  ]
}

export const isAt = (line: string, { at }: Difference): boolean =>
  typeof at === 'string' ? at === line : at.test(line)

export interface StandIn {
  readonly answer: Readonly<Record<string, unknown>>
  readonly why: string
}

/** Pages with several requests show the answer to one of them. The answers to the others, by method and request. */
export const standIns: Readonly<Record<string, Readonly<Record<number, StandIn>>>> = {
  'crm.item.add': {
    1: {
      answer: {
        result: {
          item: {
            id: 1,
            xmlId: null,
            title: 'Smart process #1',
            createdBy: 1,
            updatedBy: 1,
            movedBy: 1,
            createdTime: '2024-07-24T11:05:00+02:00',
            updatedTime: '2024-07-24T11:05:00+02:00',
            movedTime: '2024-07-24T11:05:00+02:00',
            categoryId: 1,
            opened: 'Y',
            stageId: 'DT1302_1:NEW',
            previousStageId: null,
            begindate: '2024-07-24T02:00:00+02:00',
            closedate: '2024-07-31T02:00:00+02:00',
            companyId: 0,
            contactId: 0,
            opportunity: 0,
            isManualOpportunity: 'N',
            taxValue: 0,
            currencyId: 'USD',
            opportunityAccount: null,
            taxValueAccount: null,
            accountCurrencyId: null,
            mycompanyId: 0,
            sourceId: 'CALL',
            sourceDescription: null,
            webformId: null,
            assignedById: 1,
            lastActivityBy: 1,
            lastActivityTime: '2024-07-24T11:05:00+02:00',
            utmSource: null,
            utmMedium: null,
            utmCampaign: null,
            utmContent: null,
            utmTerm: null,
            observers: [],
            contactIds: [],
            entityTypeId: 1302,
          },
        },
      },
      why: 'the second request adds an item of a smart process, with the fields of crm.item.fields; the answer shown is the deal of the first',
    },
  },
  'crm.item.list': {
    1: {
      answer: { result: { items: [{ id: 253, title: 'Deal', createdTime: '2025-10-31T10:00:00+02:00' }] }, total: 1 },
      why: 'the second request selects three fields of deals; the answer is to the first',
    },
  },
}

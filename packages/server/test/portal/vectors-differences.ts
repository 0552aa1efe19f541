/**
 * Where Portico answers a documented request in another shape than its page shows, on purpose. Every line is one that
 * `shapeDifferences` reports, with the reason; a line that no answer shows any more fails the test.
 */
export const differences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'app.info': {
    ...all(
      ['CODE', 'DAYS', 'ID', 'INSTALLED', 'LANGUAGE_ID', 'LICENSE_FAMILY', 'LICENSE_TYPE', 'PAYMENT_EXPIRED'].map(
        (key) => `answer.result.${key}: missing`,
      ),
      'there are no applications yet: this is what a caller gets that is none',
    ),
    ...all(
      ['answer.result.STATUS: missing', 'answer.result.VERSION: missing'],
      'there are no applications yet: this is what a caller gets that is none',
    ),
    'answer.result.SCOPE: extra': 'real portals tell it to callers that are no application',
  },
  batch: {
    ...all(
      [
        'answer.result.result.get_department: missing',
        'answer.result.result_time.get_department: missing',
        'answer.result.result_error: map instead of list',
        'answer.result.result_total: list instead of map',
      ],
      'department.get is not among the methods yet, so that its command answers an error',
    ),
    ...all(
      ['answer.result.result.get_app: extra', 'answer.result.result_time.get_app: extra'],
      'the answer shown is that of the second request; the first also asks for the application',
    ),
    ...all(
      [
        'answer.result.result_time.get_user.operating: extra',
        'answer.result.result_time.get_user.operating_reset_at: extra',
      ],
      'all eight keys of the time, always: clients read them',
    ),
    ...all(
      [
        'answer.result.result.get_user.TIME_ZONE: extra',
        'answer.result.result.get_user.USER_TYPE: extra',
        'answer.result.result.get_user.WORK_POSITION: extra',
      ],
      'the example leaves out what the pages of user.current and user.get show',
    ),
  },
  'user.current': all(
    ['answer.result.TIMESTAMP_X: extra', 'answer.result.TIME_ZONE: extra', 'answer.result.USER_TYPE: extra'],
    'the example leaves out what the pages of batch and user.get show of the same person',
  ),
  'user.get': all(
    ['answer.result[].LAST_ACTIVITY_DATE: string instead of map', 'answer.result[].TIMESTAMP_X: string instead of map'],
    'an empty object says nothing; user.current and the page of batch show these as texts',
  ),
}

function all(lines: readonly string[], why: string): Record<string, string> {
  return Object.fromEntries(lines.map((line) => [line, why]))
}

interface StandIn {
  readonly answer: Readonly<Record<string, unknown>>
  readonly why: string
}

/** Pages with several requests show the answer to one of them. The answers to the others, by method and request. */
export const standIns: Readonly<Record<string, Readonly<Record<number, StandIn>>>> = {
  'crm.item.list': {
    1: {
      answer: { result: { items: [{ id: 253, title: 'Deal', createdTime: '2025-10-31T10:00:00+02:00' }] }, total: 1 },
      why: 'the second request selects three fields of deals; the answer is to the first',
    },
  },
}

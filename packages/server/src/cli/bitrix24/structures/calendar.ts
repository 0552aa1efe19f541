/** What `calendar.section.add` takes (api-reference/calendar/calendar-section-add.md). */
export const calendar = {
  type: 'kind of owner: user, group',
  ownerId: 'id of the owner',
  name: 'name',
  description: 'description',
  color: 'colour',
  text_color: 'colour of the text',
  export: {
    ALLOW: 'may be exported (true|false)',
    SET: 'of which time: all, or 3_9 for three months back and nine ahead',
  },
}

const reminder = { type: 'unit: min, hour, day', count: 'how many of them before' }

/** What `calendar.user.settings.set` takes (api-reference/calendar/calendar-user-settings-set.md). */
export const calendarSettings = {
  view: 'first view: day, week, month, list',
  meetSection: 'calendar for invitations',
  crmSection: 'calendar for the CRM',
  showDeclined: 'show what was declined',
  denyBusyInvitation: 'no invitations while one is busy',
  collapseOffHours: 'fold the hours off work (Y|N)',
  showWeekNumbers: 'show the weeks’ numbers (Y|N)',
  showTasks: 'show tasks (Y|N)',
  syncTasks: 'synchronise the calendar of tasks (Y|N)',
  showCompletedTasks: 'show finished tasks (Y|N)',
  lastUsedSection: 'calendar for new events',
  sendFromEmail: 'e-mail address that invitations come from',
  defaultSections: 'settings of the preset calendars',
  syncPeriodPast: 'months back to synchronise',
  syncPeriodFuture: 'months ahead to synchronise',
  defaultReminders: { fullDay: [reminder], withTime: [reminder] },
}

/** What `calendar.event.add` takes (api-reference/calendar/calendar-event/calendar-event-add.md). */
export const calendarEvent = {
  type: 'kind of owner: user, group, company_calendar',
  ownerId: 'id of the owner',
  from: 'when it begins, as a text',
  to: 'when it ends, as a text',
  from_ts: 'when it begins, in seconds since 1970',
  to_ts: 'when it ends, in seconds since 1970',
  section: 'id of the calendar',
  name: 'name',
  skip_time: 'whole days (Y|N)',
  timezone_from: 'time zone of its beginning',
  timezone_to: 'time zone of its end',
  description: 'description',
  color: 'colour',
  text_color: 'colour of the text',
  accessibility: 'during it one is busy, absent, quest or free',
  importance: 'high, normal or low',
  private_event: 'nobody else sees it (Y|N)',
  rrule: {
    FREQ: 'DAILY, WEEKLY, MONTHLY or YEARLY',
    COUNT: 'how often',
    INTERVAL: 'every how many days, weeks, …',
    BYDAY: ['SU, MO, TU, WE, TH, FR or SA'],
    UNTIL: 'when it ends to recur',
  },
  is_meeting: 'others take part (Y|N)',
  location: 'where',
  remind: [reminder],
  attendees: 'list of the ids of those who take part',
  host: 'id of who invites',
  meeting: {
    notify: 'tell who comes and who does not',
    reinvite: 'ask everybody again after a change',
    allow_invite: 'those who take part may invite others',
    hide_guests: 'hide who takes part',
  },
}

/** What GetCalendarEvents passes on to `calendar.event.get` (api-reference/calendar/calendar-event/calendar-event-get.md). */
export const calendarEventFilter = {
  from: 'first day; three months ago if not given',
  to: 'last day; in three months if not given',
  section: 'list of the calendars’ ids',
}

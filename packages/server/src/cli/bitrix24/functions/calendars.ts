import { calendarFilter, day, get, id, list, local, map, optional, post, word } from '../function.ts'
import { calendar, calendarEvent, calendarEventFilter, calendarSettings } from '../structures/calendar.ts'
import { structure } from '../structures/structure.ts'
import { empty } from './leads-and-deals.ts'

const owner = id('Whose calendars: the id of a person, a group, …')
const type = word('The kind of owner: user, group, company_calendar, location, …')
const ofOwner = { type: 'type', ownerId: 'owner' }
const section = id('The calendar’s id')
const event = id('The event’s id')
const fields = map('The calendar; GetCalendarStructure shows its fields')
const eventFields = map('The event; GetCalendarEventsStructure shows its fields')

export const calendars = [
  post('GetCalendarList', 'calendar.section.get', 'List an owner’s calendars', { owner, type }, ofOwner),
  post('CreateCalendar', 'calendar.section.add', 'Make a calendar', { fields }, { '...': 'fields' }),
  post(
    'UpdateCalendar',
    'calendar.section.update',
    'Change a calendar',
    { calendar: section, fields },
    { id: 'calendar', '...': 'fields' },
  ),
  post(
    'DeleteCalendar',
    'calendar.section.delete',
    'Delete a calendar',
    { calendar: section, owner, type },
    { ...ofOwner, id: 'calendar' },
  ),
  post(
    'GetUserBusy',
    'calendar.accessibility.get',
    'Show when people are busy',
    { users: list('Ids of people'), from: day('The first day'), to: day('The last day') },
    { users: 'users', from: 'from', to: 'to' },
  ),
  get('GetCustomCalendarSettings', 'calendar.user.settings.get', 'Show one’s own calendar settings'),
  post(
    'SetCustomCalendarSettings',
    'calendar.user.settings.set',
    'Change one’s own calendar settings',
    { settings: map('The settings; GetCalednarCustomSettingsStructure shows them') },
    { settings: 'settings' },
  ),
  get('GetCalendarSettingsStructure', 'calendar.settings.get', 'Show the portal’s calendar settings'),
  local(
    'GetCalednarCustomSettingsStructure',
    'Show what one’s own settings consist of',
    empty,
    structure(calendarSettings),
  ),
  local('GetCalendarStructure', 'Show what a calendar consists of', empty, structure(calendar)),
]

export const calendarEvents = [
  post('CreateCalendarEvent', 'calendar.event.add', 'Make an event', { fields: eventFields }, { '...': 'fields' }),
  post(
    'UpdateCalendarEvent',
    'calendar.event.update',
    'Change an event',
    { event, fields: eventFields },
    { id: 'event', '...': 'fields' },
  ),
  post('GetCalendarEvent', 'calendar.event.getbyid', 'Show an event', { event }, { id: 'event' }),
  post(
    'GetCalendarEvents',
    'calendar.event.get',
    'List an owner’s events',
    { owner, type, filter: optional(calendarFilter('from, to and section; nothing else is sent')) },
    { ...ofOwner, '...': 'filter' },
  ),
  post('DeleteCalendarEvent', 'calendar.event.delete', 'Delete an event', { event }, { id: 'event' }),
  post(
    'GetUserParticipationStatus',
    'calendar.meeting.status.get',
    'Show whether one takes part in an event',
    { event },
    { eventId: 'event' },
  ),
  post(
    'SetUserParticipationStatus',
    'calendar.meeting.status.set',
    'Say whether one takes part in an event',
    { event, status: word('Y: yes, N: no, Q: not known yet') },
    { eventId: 'event', status: 'status' },
  ),
  local('GetCalendarEventsStructure', 'Show what an event consists of', empty, structure(calendarEvent)),
  local(
    'GetCalendarEventsFilterStructure',
    'Show what GetCalendarEvents can filter by',
    empty,
    structure(calendarEventFilter),
  ),
]

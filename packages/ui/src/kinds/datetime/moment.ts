import { type DateValue, toCalendarDateTime, toZoned } from '@internationalized/date'

/** `2026-11-21T15:00:00+01:00`: a day and time of day that were picked, in the zone in which they were meant. */
export function momentOf(value: DateValue, zone: string): string {
  const zoned = 'timeZone' in value ? value : toZoned(toCalendarDateTime(value), zone)
  return zoned.toAbsoluteString()
}

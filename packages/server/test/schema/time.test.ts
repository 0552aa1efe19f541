import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createZone, formatDate, formatDateTime, parseDate, parseDateTime, Zone } from '../../src/schema/time.ts'

const utc = createZone('UTC')
const berlin = createZone('Europe/Berlin')
const newYork = createZone('America/New_York')
const kolkata = createZone('Asia/Kolkata')
const moscow = createZone('Europe/Moscow')
const saoPaulo = createZone('America/Sao_Paulo')
const kwajalein = createZone('Pacific/Kwajalein')

const at = (iso: string) => Date.parse(iso) / 1000

describe('parseDateTime', () => {
  it.each<[unknown, string]>([
    ['2024-04-19', '2024-04-18T21:00:00Z'],
    ['2024-04-19T10:20', '2024-04-19T07:20:00Z'],
    ['2024-04-19T10:20:30', '2024-04-19T07:20:30Z'],
    ['2024-04-19T10:20:30+05:30', '2024-04-19T04:50:30Z'],
    ['2024-04-19T10:20:30-03:30', '2024-04-19T13:50:30Z'],
    ['2024-04-19T10:20:30+0200', '2024-04-19T08:20:30Z'],
    ['2024-04-19T10:20:30+02', '2024-04-19T08:20:30Z'],
    ['2024-04-19T10:20:30Z', '2024-04-19T10:20:30Z'],
    ['2024-04-19t10:20z', '2024-04-19T10:20:00Z'],
    ['2024-04-19T10:20:30.999Z', '2024-04-19T10:20:30Z'],
    ['2024-04-19T10:20:30.123456+03:00', '2024-04-19T07:20:30Z'],
    ['2024-04-19 10:20:30', '2024-04-19T07:20:30Z'],
    ['2024-04-19 10:20', '2024-04-19T07:20:00Z'],
    ['19.04.2024', '2024-04-18T21:00:00Z'],
    ['19.04.2024 10:20', '2024-04-19T07:20:00Z'],
    ['19.04.2024 10:20:30', '2024-04-19T07:20:30Z'],
    [' 2024-04-19 10:20:30 ', '2024-04-19T07:20:30Z'],
    ['29.02.2000', '2000-02-28T21:00:00Z'],
    ['1713511230', '2024-04-19T07:20:30Z'],
    [1713511230, '2024-04-19T07:20:30Z'],
    ['100000000', '1973-03-03T09:46:40Z'],
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:59Z'],
  ])('reads %j on a server in Moscow as %s', (input, expected) => {
    expect(parseDateTime(input, moscow)).toBe(at(expected))
  })

  it.each([
    ['31.02.2024'],
    ['29.02.2023'],
    ['2023-02-29'],
    ['1900-02-29'],
    ['2024-04-31'],
    ['2024-13-01'],
    ['2024-00-10'],
    ['2024-01-00'],
    ['2024-01-01T25:00'],
    ['2024-01-01T24:00:00'],
    ['2024-01-01T10:60'],
    ['2024-01-01 10:00:60'],
    ['2024-01-01T10:00:00+24:00'],
    ['2024-01-01T10:00:00+03:60'],
    ['2024-01-01T10:00:00+03:'],
    ['2024-01-01T10'],
    ['2024-01-01T'],
    ['2024-1-1'],
    ['1.1.2024'],
    ['01/02/2024'],
    ['0999-12-31'],
    ['10000-01-01'],
    ['31.12.0999'],
    ['20240101'],
    ['2024'],
    ['1757424671509'],
    ['-1713511230'],
    ['1713511230.5'],
    ['yesterday'],
    ['2024-01-01 or so'],
    [''],
    [null],
    [undefined],
    [true],
    [1713511230.5],
    [Number.NaN],
    [Infinity],
    [1e300],
    [253402300800],
    [[]],
    [['2024-01-01']],
    [{}],
    [new Date(0)],
  ])('refuses %j', (input) => {
    expect(parseDateTime(input, utc)).toBeUndefined()
    expect(parseDate(input, utc)).toBeUndefined()
  })

  it('refuses a moment whose year has not four digits on the clock of the server', () => {
    expect(parseDateTime('9999-12-31T23:59:59-05:00', utc)).toBeUndefined()
    expect(parseDateTime('9999-12-31T23:59:59-05:00', newYork)).toBe(at('9999-12-31T23:59:59-05:00'))
    expect(parseDateTime('1000-01-01T00:00:00+05:00', utc)).toBeUndefined()
    expect(parseDateTime('1000-01-01T00:00:00', utc)).toBe(at('1000-01-01T00:00:00Z'))
  })

  it.each([
    ['moves on a time that clocks skip in Berlin', berlin, '2024-03-31 02:30:00', '2024-03-31T03:30:00+02:00'],
    ['keeps the last second before that', berlin, '2024-03-31 01:59:59', '2024-03-31T01:59:59+01:00'],
    ['keeps the first second after it', berlin, '2024-03-31 03:00:00', '2024-03-31T03:00:00+02:00'],
    ['takes the first of two equal times in Berlin', berlin, '2024-10-27 02:30:00', '2024-10-27T02:30:00+02:00'],
    ['takes standard time once it is unambiguous', berlin, '2024-10-27 03:00:00', '2024-10-27T03:00:00+01:00'],
    ['moves on a time that clocks skip in New York', newYork, '2024-03-10 02:15:00', '2024-03-10T03:15:00-04:00'],
    ['takes the first of two equal times in New York', newYork, '2024-11-03 01:15:00', '2024-11-03T01:15:00-04:00'],
    ['reads winter in New York', newYork, '2024-01-15', '2024-01-15T00:00:00-05:00'],
    ['reads half-hour offsets', kolkata, '2024-06-01 00:00:00', '2024-06-01T00:00:00+05:30'],
    ['moves on a midnight that clocks skip', saoPaulo, '2018-11-04', '2018-11-04T01:00:00-02:00'],
  ])('%s', (_, zone, input, expected) => {
    const epoch = parseDateTime(input, zone)
    expect(epoch).toBe(at(expected))
    expect(formatDateTime(epoch ?? Number.NaN, zone)).toBe(expected)
  })
})

describe('parseDate', () => {
  it.each<[unknown, string]>([
    ['2001-11-11', '2001-11-11'],
    ['11.11.2001', '2001-11-11'],
    ['01.02.2024 23:59:59', '2024-02-01'],
    ['2024-02-29T23:30:00-08:00', '2024-02-29'],
    ['2024-03-01T00:30:00+14:00', '2024-03-01'],
    ['2024-03-01T00:00:00.000Z', '2024-03-01'],
    ['1969-12-31 10:00', '1969-12-31'],
    ['1000-01-01T00:00:00+05:00', '1000-01-01'],
  ])('takes the date of %j as it is written, in any zone', (input, expected) => {
    for (const zone of [utc, newYork, kolkata]) expect(parseDate(input, zone)).toBe(expected)
  })

  it('takes the date of a unix timestamp on the clock of the server', () => {
    const lateEvening = at('2024-03-01T22:00:00Z')
    expect(parseDate(lateEvening, utc)).toBe('2024-03-01')
    expect(parseDate(lateEvening, berlin)).toBe('2024-03-01')
    expect(parseDate(String(lateEvening), moscow)).toBe('2024-03-02')
  })
})

describe('formatDateTime', () => {
  it.each([
    [utc, '2024-02-29T23:59:59Z', '2024-02-29T23:59:59+00:00'],
    [moscow, '2026-09-09T13:31:11Z', '2026-09-09T16:31:11+03:00'],
    [kolkata, '2023-12-31T18:30:00Z', '2024-01-01T00:00:00+05:30'],
    [newYork, '2024-01-01T03:04:05Z', '2023-12-31T22:04:05-05:00'],
    [createZone('America/St_Johns'), '2024-07-01T00:00:00Z', '2024-06-30T21:30:00-02:30'],
    [berlin, '2024-03-31T00:59:59Z', '2024-03-31T01:59:59+01:00'],
    [berlin, '2024-03-31T01:00:00Z', '2024-03-31T03:00:00+02:00'],
    [berlin, '2024-10-27T00:59:59Z', '2024-10-27T02:59:59+02:00'],
    [berlin, '2024-10-27T01:00:00Z', '2024-10-27T02:00:00+01:00'],
    [utc, '1000-01-01T00:00:00Z', '1000-01-01T00:00:00+00:00'],
    [utc, '9999-12-31T23:59:59Z', '9999-12-31T23:59:59+00:00'],
  ])('in $name prints %s as %s', (zone, moment, expected) => {
    expect(formatDateTime(at(moment), zone)).toBe(expected)
  })

  it('finds changes of clocks that are not on the hour', () => {
    // Newfoundland changed clocks at one minute past midnight until 2011.
    const stJohns = new Zone('America/St_Johns')
    expect(formatDateTime(at('2010-03-14T03:30:59Z'), stJohns)).toBe('2010-03-14T00:00:59-03:30')
    expect(formatDateTime(at('2010-03-14T03:31:00Z'), stJohns)).toBe('2010-03-14T01:01:00-02:30')
  })

  it('drops a fraction of a second, before 1970 too', () => {
    expect(formatDateTime(1.9, utc)).toBe('1970-01-01T00:00:01+00:00')
    expect(formatDateTime(-0.5, utc)).toBe('1969-12-31T23:59:59+00:00')
  })

  it.each([[Number.NaN], [Infinity], [1e300], [at('1000-01-01T00:00:00Z') - 1], [at('9999-12-31T23:59:59Z') + 1]])(
    'throws RangeError for %d',
    (seconds) => {
      expect(() => formatDateTime(seconds, utc)).toThrow(RangeError)
    },
  )

  it('stays right when more days are asked for than a zone remembers', () => {
    const zone = new Zone('Europe/Berlin')
    const summer = at('2024-07-01T12:00:00Z')
    expect(formatDateTime(summer, zone)).toBe('2024-07-01T14:00:00+02:00')
    for (let day = 0; day < 12_000; day++) zone.offsetAt(day * 86_400)
    expect(formatDateTime(summer, zone)).toBe('2024-07-01T14:00:00+02:00')
    expect(formatDateTime(at('2024-01-01T12:00:00Z'), zone)).toBe('2024-01-01T13:00:00+01:00')
  })
})

describe('formatDate', () => {
  it.each([
    [createZone('Europe/Athens'), '2001-11-11', '2001-11-11T02:00:00+02:00'],
    [moscow, '2024-04-19', '2024-04-19T03:00:00+03:00'],
    [utc, '2024-04-19', '2024-04-19T00:00:00+00:00'],
    [kolkata, '2024-04-19', '2024-04-19T05:30:00+05:30'],
    [createZone('Pacific/Kiritimati'), '2024-04-19', '2024-04-19T14:00:00+14:00'],
    [createZone('Europe/London'), '2024-07-01', '2024-07-01T01:00:00+01:00'],
    [newYork, '2024-04-19', '2024-04-19T00:00:00-04:00'],
    [newYork, '2024-01-19', '2024-01-19T00:00:00-05:00'],
    [createZone('Pacific/Pago_Pago'), '2024-01-01', '2024-01-01T00:00:00-11:00'],
    [saoPaulo, '2018-11-04', '2018-11-04T00:00:00-03:00'],
    [kwajalein, '1993-08-21', '1993-08-21T00:00:00-12:00'],
  ])('in $name prints %s as %s', (zone, date, expected) => {
    expect(formatDate(date, zone)).toBe(expected)
  })

  it.each([['2024-02-30'], ['2024-2-3'], [''], ['2024-01-01T00:00:00+00:00']])('throws RangeError for %j', (date) => {
    expect(() => formatDate(date, utc)).toThrow(RangeError)
  })
})

describe('Zone', () => {
  it.each([['Mars/Olympus'], [''], ['+03:00'], ['-05:00'], ['toString'], ['Europe/Berlin ']])(
    'throws RangeError on the unknown name %j',
    (name) => {
      expect(() => createZone(name)).toThrow(RangeError)
    },
  )

  it('keeps the name it was given', () => {
    expect(createZone('Asia/Kolkata').name).toBe('Asia/Kolkata')
  })
})

describe('in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone').map(createZone)
  const anyZone = fc.constantFrom(...zones)
  const modern = fc.integer({ min: at('1973-01-01T00:00:00Z'), max: at('2037-12-31T00:00:00Z') })
  const anyMoment = fc.integer({ min: at('1000-01-03T00:00:00Z'), max: at('9999-12-29T00:00:00Z') })
  const anyDate = anyMoment.map((epoch) => new Date(epoch * 1000).toISOString().slice(0, 10))
  /** The wall clock by Intl alone, as `YYYY-MM-DD HH:MM:SS`. */
  const wallClock = (epoch: number, zone: Zone) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone.name, dateStyle: 'short', timeStyle: 'medium' }).format(
      epoch * 1000,
    )

  it('what is printed is the same moment for JavaScript and for parseDateTime', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, (zone, epoch) => {
        const text = formatDateTime(epoch, zone)
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
        expect(at(text)).toBe(epoch)
        expect(parseDateTime(text, utc)).toBe(epoch)
        expect(parseDate(text, zone)).toBe(parseDate(epoch, zone))
      }),
      { numRuns: 2000 },
    )
  })

  it('what is printed shows the wall clock of the zone, and reading the wall clock meets the same wall clock', () => {
    fc.assert(
      fc.property(anyZone, modern, (zone, epoch) => {
        const wall = wallClock(epoch, zone)
        expect(formatDateTime(epoch, zone).slice(0, 19)).toBe(wall.replace(' ', 'T'))
        const read = parseDateTime(wall, zone)
        expect(wallClock(read ?? Number.NaN, zone)).toBe(wall)
        expect(read).toBeLessThanOrEqual(epoch)
      }),
      { numRuns: 1000 },
    )
  })

  it('a printed date begins with the date and reads back as it', () => {
    fc.assert(
      fc.property(anyZone, anyDate, (zone, date) => {
        const text = formatDate(date, zone)
        expect(text.startsWith(`${date}T`)).toBe(true)
        expect(parseDate(text, zone)).toBe(date)
        expect(Number.isNaN(at(text))).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

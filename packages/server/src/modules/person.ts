import type { Context } from '../records/context.ts'
import { defineEntity, type Entity, field, type Field, type FieldOptions } from '../schema/entity.ts'
import { InvalidValue, integerOf, isBlank, type Kind, type Scalar } from '../schema/kind.ts'
import { date } from '../schema/kinds/date.ts'
import { datetime } from '../schema/kinds/datetime.ts'
import { file } from '../schema/kinds/file.ts'
import { flag } from '../schema/kinds/flag.ts'
import { integer } from '../schema/kinds/integer.ts'
import { string } from '../schema/kinds/string.ts'
import { formatDate, formatDateTime, parseDate } from '../schema/time.ts'
import { legacyWire, type Wire } from '../schema/wire.ts'
import { user } from '../store/tables.ts'

/** Profiles show an empty text where UPPER_CASE rows of the CRM show null. */
const line: Kind = { ...string, legacy: (value) => value ?? '' }

/** The one real boolean of the row. */
const active: Kind = { ...flag, legacy: (value) => value === 'Y' }

/** Only the day of registration is told, as midnight UTC. */
const registration: Kind = {
  ...datetime,
  legacy(value, _field, { zone }) {
    const day = parseDate(value, zone)
    return day === undefined ? '' : formatDate(day, zone)
  },
}

/** `2024-07-23 08:08:50`, without an offset: the odd one out in api-reference/user/user-current.md. */
const activity: Kind = {
  ...datetime,
  legacy: (value, _field, { zone }) =>
    typeof value === 'number' ? formatDateTime(value, zone).slice(0, 19).replace('T', ' ') : '',
}

/** Ids of departments, stored as a JSON list. */
const departments: Kind = {
  ...string,
  decode(input) {
    if (isBlank(input) || input === false) return '[]'
    const given: readonly unknown[] = typeof input === 'object' ? Object.values(input as object) : [input]
    const ids = given.filter((each) => !isBlank(each)).map(integerOf)
    if (ids.some((id) => id <= 0)) throw new InvalidValue('ids of departments are expected')
    return JSON.stringify([...new Set(ids)])
  },
  legacy: (value: Scalar) => JSON.parse(String(value ?? '[]')) as number[],
}

/** A picture, shown as the address of its file. */
const picture: Kind = {
  ...file,
  legacy: (value, _field, context) => (value ? context.fileUrls(Number(value)).machine : ''),
}

const same = (kind: Kind, name: string, options: FieldOptions = {}): ((key: string) => Field) =>
  field(kind, name, options)
/** What the portal itself knows best. */
const own: FieldOptions = { readOnly: true }

/**
 * A person of the portal as `user.*` show them, in the order and with the titles of api-reference/user/user-fields.md.
 * No CRM item: it has a number that no entity type has. User fields are added to it (`UF_USR_…`), so that whoever reads
 * whole profiles asks `personIn` for it.
 */
export const person = defineEntity({
  name: 'person',
  title: 'User',
  table: user.name,
  entityTypeId: -101,
  userFieldEntityId: 'USER',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', own),
    xmlId: field(line, 'External code'),
    active: field(active, 'Activity'),
    name: field(line, 'First Name'),
    lastName: field(line, 'Last Name'),
    secondName: field(line, 'Middle Name'),
    title: field(line, 'User List'),
    email: field(line, 'E-Mail'),
    lastLogin: field(datetime, 'Last Authorization', own),
    dateRegister: field(registration, 'Registration Date', own),
    timeZone: same(line, 'TIME_ZONE'),
    isOnline: field(flag, 'IS_ONLINE', { ...own, place: { in: 'nowhere', value: 'N' } }),
    timestampX: field(datetime, 'TIMESTAMP_X', { ...own, upper: 'TIMESTAMP_X' }),
    lastActivityDate: field(activity, 'LAST_ACTIVITY_DATE', {
      ...own,
      place: { in: 'column', column: 'last_activity' },
    }),
    personalGender: field(line, 'Gender'),
    personalProfession: field(line, 'Profession'),
    personalWww: field(line, 'Homepage'),
    personalBirthday: field(date, 'Date of Birth'),
    personalPhoto: field(picture, 'Photo'),
    personalIcq: field(line, 'ICQ'),
    personalPhone: field(line, 'Personal Phone'),
    personalFax: field(line, 'Fax'),
    personalMobile: field(line, 'Personal Mobile'),
    personalPager: field(line, 'Pager'),
    personalStreet: field(line, 'Residential Street'),
    personalCity: field(line, 'Residential City'),
    personalState: field(line, 'State / Region'),
    personalZip: field(line, 'Zip Code'),
    personalCountry: field(line, 'Country'),
    personalMailbox: field(line, 'P.O. Box'),
    personalNotes: field(line, 'Additional Notes'),
    workPhone: field(line, 'Company Phone'),
    workCompany: field(line, 'Company'),
    workPosition: field(line, 'Job Title'),
    workDepartment: field(line, 'Department'),
    workWww: field(line, 'Company Website'),
    workFax: same(line, 'WORK_FAX'),
    workPager: same(line, 'WORK_PAGER'),
    workStreet: same(line, 'WORK_STREET'),
    workMailbox: same(line, 'WORK_MAILBOX'),
    workCity: field(line, 'Work City'),
    workState: same(line, 'WORK_STATE'),
    workZip: same(line, 'WORK_ZIP'),
    workCountry: same(line, 'WORK_COUNTRY'),
    workProfile: same(line, 'WORK_PROFILE'),
    workLogo: same(picture, 'WORK_LOGO'),
    workNotes: same(line, 'WORK_NOTES'),
    ufSkypeLink: field(line, 'Skype Chat Link'),
    ufZoom: field(line, 'Zoom'),
    ufEmploymentDate: field(date, 'Hire Date'),
    ufTimeman: field(line, 'Time Tracking'),
    ufDepartment: field(departments, 'Units'),
    ufInterests: field(line, 'Interests'),
    ufSkills: field(line, 'Skills'),
    ufWebSites: field(line, 'Other Websites'),
    ufXing: field(line, 'Xing'),
    ufLinkedin: field(line, 'LinkedIn'),
    // Readable by api-reference/user/user-scope.md, yet missing from the answer of user.fields.
    ufFacebook: field(line, 'Facebook', { undescribed: true }),
    ufTwitter: field(line, 'Twitter'),
    ufSkype: field(line, 'Skype'),
    ufDistrict: field(line, 'District'),
    ufPhoneInner: field(line, 'Extension'),
    userType: same(line, 'USER_TYPE', own),
  },
})

/** People with the user fields that the portal has now. */
export const personIn = ({ portal, session }: Pick<Context, 'portal' | 'session'>): Promise<Entity> =>
  portal.entities.get(session, person.entityTypeId)

/**
 * What rows hold even when it was never set; the rest is left out then (api-reference/user/user-get.md). Its samples lack
 * XML_ID and TIME_ZONE of some people, which the Python SDK finds in everyone's.
 */
const ALWAYS = new Set(
  'ID XML_ID ACTIVE NAME LAST_NAME EMAIL LAST_LOGIN DATE_REGISTER TIME_ZONE IS_ONLINE TIMESTAMP_X LAST_ACTIVITY_DATE PERSONAL_GENDER PERSONAL_BIRTHDAY WORK_POSITION UF_EMPLOYMENT_DATE UF_DEPARTMENT USER_TYPE'.split(
    ' ',
  ),
)
export const isAlwaysShown = (field: Field): boolean => ALWAYS.has(field.upper)

const BRIEF =
  'ID XML_ID ACTIVE NAME LAST_NAME SECOND_NAME TITLE IS_ONLINE TIME_ZONE PERSONAL_PHOTO TIMESTAMP_X DATE_REGISTER PERSONAL_PROFESSION PERSONAL_GENDER PERSONAL_BIRTHDAY PERSONAL_CITY PERSONAL_STATE PERSONAL_COUNTRY WORK_POSITION WORK_CITY WORK_STATE WORK_COUNTRY LAST_ACTIVITY_DATE UF_EMPLOYMENT_DATE UF_TIMEMAN UF_SKILLS UF_INTERESTS UF_DEPARTMENT UF_PHONE_INNER'
const CONTACTS =
  'EMAIL PERSONAL_PHONE PERSONAL_FAX PERSONAL_MOBILE PERSONAL_PAGER PERSONAL_STREET PERSONAL_MAILBOX PERSONAL_ZIP PERSONAL_NOTES WORK_COMPANY WORK_DEPARTMENT WORK_WWW WORK_PHONE WORK_FAX WORK_PAGER WORK_STREET WORK_MAILBOX WORK_ZIP WORK_PROFILE WORK_LOGO WORK_NOTES UF_DISTRICT UF_SKYPE UF_SKYPE_LINK UF_ZOOM UF_TWITTER UF_FACEBOOK UF_LINKEDIN UF_XING UF_WEB_SITES'
const brief: ReadonlySet<string> = new Set(BRIEF.split(' '))
const basic: ReadonlySet<string> = new Set([...brief, ...CONTACTS.split(' ')])

/**
 * Whether a profile's field is open to scopes: `user`, `user_basic` and `user_brief` open system fields, each one's
 * those of the next, and user fields need `user.userfield` beside any of them (api-reference/user/user-scope.md).
 */
export function isOpen(field: Field, scopes: ReadonlySet<string> | undefined): boolean {
  if (scopes === undefined) return true
  if (field.userFieldId !== undefined) return scopes.has('user.userfield')
  if (scopes.has('user')) return true
  return (scopes.has('user_basic') ? basic : brief).has(field.upper)
}

/** The UPPER_CASE dialect, blind to the fields that scopes don't open: they can't be searched or written either. */
export function profileWire(scopes: ReadonlySet<string> | undefined): Wire {
  if (scopes === undefined || (scopes.has('user') && scopes.has('user.userfield'))) return legacyWire
  return {
    ...legacyWire,
    key: (field) => (isOpen(field, scopes) ? field.upper : undefined),
    find: (entity, key) => {
      const field = legacyWire.find(entity, key)
      return field !== undefined && isOpen(field, scopes) ? field : undefined
    },
  }
}

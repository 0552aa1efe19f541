import { defineEntity, field, type Field } from '../schema/entity.ts'
import type { Kind, Scalar } from '../schema/kind.ts'
import { date } from '../schema/kinds/date.ts'
import { datetime } from '../schema/kinds/datetime.ts'
import { file } from '../schema/kinds/file.ts'
import { flag } from '../schema/kinds/flag.ts'
import { integer } from '../schema/kinds/integer.ts'
import { string } from '../schema/kinds/string.ts'
import { formatDate, formatDateTime, parseDate } from '../schema/time.ts'
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
const departments: Kind = { ...string, legacy: (value: Scalar) => JSON.parse(String(value ?? '[]')) as number[] }

/** A picture, shown as the address of its file. */
const picture: Kind = {
  ...file,
  legacy: (value, _field, context) => (value ? context.fileUrls(Number(value)).machine : ''),
}

const same = (kind: Kind, name: string): ((key: string) => Field) => field(kind, name)

/**
 * A person of the portal as `user.*` show them, in the order and with the titles of api-reference/user/user-fields.md.
 * Not a CRM entity: it has a number that no entity type has, and is in no list of entities.
 */
export const person = defineEntity({
  name: 'person',
  title: 'User',
  table: user.name,
  entityTypeId: 0,
  userFieldEntityId: 'USER',
  event: 'ONUSER',
  fields: {
    id: field(integer, 'ID'),
    xmlId: field(line, 'External code'),
    active: field(active, 'Activity'),
    name: field(line, 'First Name'),
    lastName: field(line, 'Last Name'),
    secondName: field(line, 'Middle Name'),
    title: field(line, 'User List'),
    email: field(line, 'E-Mail'),
    lastLogin: field(datetime, 'Last Authorization'),
    dateRegister: field(registration, 'Registration Date'),
    timeZone: same(line, 'TIME_ZONE'),
    isOnline: field(flag, 'IS_ONLINE', { place: { in: 'nowhere', value: 'N' } }),
    timestampX: field(datetime, 'TIMESTAMP_X', { upper: 'TIMESTAMP_X' }),
    lastActivityDate: field(activity, 'LAST_ACTIVITY_DATE', { place: { in: 'column', column: 'last_activity' } }),
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
    userType: same(line, 'USER_TYPE'),
  },
})

/** What rows hold even when it was never set; the rest is left out then (api-reference/user/user-get.md). */
const ALWAYS = new Set(
  'ID ACTIVE NAME LAST_NAME EMAIL LAST_LOGIN DATE_REGISTER IS_ONLINE TIMESTAMP_X LAST_ACTIVITY_DATE PERSONAL_GENDER PERSONAL_BIRTHDAY WORK_POSITION UF_EMPLOYMENT_DATE UF_DEPARTMENT USER_TYPE'.split(
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

/** The names of the fields that scopes open, or undefined for all: `user`, `user_basic`, `user_brief` (user-scope.md). */
export function readableFields(scopes: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
  if (scopes === undefined || scopes.has('user')) return undefined
  return scopes.has('user_basic') ? basic : brief
}

import type { Kind } from './kind.ts'
import { address } from './kinds/address.ts'
import { boolean } from './kinds/boolean.ts'
import { crmStatus } from './kinds/crm-status.ts'
import { crm } from './kinds/crm.ts'
import { date } from './kinds/date.ts'
import { datetime } from './kinds/datetime.ts'
import { double } from './kinds/double.ts'
import { employee } from './kinds/employee.ts'
import { enumeration } from './kinds/enumeration.ts'
import { file } from './kinds/file.ts'
import { iblockElement } from './kinds/iblock-element.ts'
import { iblockSection } from './kinds/iblock-section.ts'
import { integer } from './kinds/integer.ts'
import { money } from './kinds/money.ts'
import { text } from './kinds/text.ts'
import { url } from './kinds/url.ts'

/** A user field's text has no bound of its own but `settings.MAX_LENGTH`, which is checked with the field. */
const userString: Kind = { ...text, name: 'string', type: { legacy: 'string', item: 'string' } }

/** The documented types of user fields (api-reference/crm/universal/user-defined-fields/crm-userfield-types.md). */
export const userFieldKinds: ReadonlyMap<string, Kind> = new Map([
  ['string', userString],
  ['integer', integer],
  ['double', double],
  ['boolean', boolean],
  ['date', date],
  ['datetime', datetime],
  ['enumeration', enumeration],
  ['file', file],
  ['url', url],
  ['money', money],
  ['address', address],
  ['employee', employee],
  ['crm', crm],
  ['crm_status', crmStatus],
  ['iblock_element', iblockElement],
  ['iblock_section', iblockSection],
])

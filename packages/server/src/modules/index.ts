import type { Method } from '../methods/method.ts'
import { batch } from '../methods/batch.ts'
import { itemCrud } from '../methods/crud.ts'
import categoryMethods from './crm/category.ts'
import currencyMethods from './crm/currency.ts'
import currencyLocalizationMethods from './crm/currency-localizations.ts'
import companyMethods from './crm/company.ts'
import contactMethods from './crm/contact.ts'
import dealMethods from './crm/deal.ts'
import enumMethods from './crm/enum.ts'
import leadMethods from './crm/lead.ts'
import multifieldMethods from './crm/multifield.ts'
import quoteMethods from './crm/quote.ts'
import settingsMethods from './crm/settings.ts'
import statusMethods from './crm/status.ts'
import typeMethods from './crm/type.ts'
import entityUserFieldMethods from './crm/entity-user-fields.ts'
import userFieldMethods from './crm/userfield.ts'
import systemMethods from './system.ts'
import userMethods from './user.ts'
import userFieldConfigMethods from './userfieldconfig.ts'

/** The table of contents: every method of the portal. */
export const methods: readonly Method[] = [
  batch,
  ...systemMethods,
  ...userMethods,
  ...leadMethods,
  ...dealMethods,
  ...contactMethods,
  ...companyMethods,
  ...quoteMethods,
  ...itemCrud(),
  ...typeMethods,
  ...categoryMethods,
  ...statusMethods,
  ...currencyMethods,
  ...currencyLocalizationMethods,
  ...enumMethods,
  ...multifieldMethods,
  ...settingsMethods,
  ...userFieldMethods,
  ...entityUserFieldMethods,
  ...userFieldConfigMethods,
]

import { cardConfiguration } from '../../../methods/families/card-configuration.ts'
import type { CardWords } from '../../../methods/families/card-sections.ts'

const plain: CardWords = { wrongType: 'has', article: '' }

/** Which sections and fields the cards of records show. The pages put the same refusals in slightly different words. */
export default [
  ...cardConfiguration('crm.lead.details.configuration', plain, 1),
  ...cardConfiguration('crm.deal.details.configuration', { ...plain, article: 'a ' }, 2),
  ...cardConfiguration('crm.contact.details.configuration', plain, 3),
  ...cardConfiguration('crm.company.details.configuration', plain, 4),
  ...cardConfiguration('crm.item.details.configuration', { ...plain, wrongType: 'have' }),
]

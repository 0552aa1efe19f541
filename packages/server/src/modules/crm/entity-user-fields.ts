import { userFields } from '../../methods/families/user-fields.ts'

/** The pages of deals and contacts word some refusals differently (crm-deal-userfield-add.md, crm-contact-userfield-add.md). */
const INCORRECT = 'Incorrect custom type specified.'
const listItem = (xmlId: string): string => `List item with XML_ID=${xmlId} already exists.`
const quoted = (xmlId: string): string => `List item with value XML_ID='${xmlId}' already exists.`
const contactItem = (xmlId: string): string => `A list item with XML_ID=${xmlId} already exists.`

export default [
  ...userFields('crm.lead', 1, { twinOnAdd: listItem, twinOnUpdate: quoted }),
  ...userFields('crm.deal', 2, {
    unknownType: INCORRECT,
    twinOnAdd: (xmlId) => `List item with value XML_ID=${xmlId} already exists.`,
    twinOnUpdate: (xmlId) => `List item with XML_ID='${xmlId}' already exists.`,
  }),
  ...userFields('crm.contact', 3, {
    codeOnAdd: '',
    unknownType: INCORRECT,
    twinOnAdd: contactItem,
    twinOnUpdate: contactItem,
  }),
  ...userFields('crm.company', 4, { twinOnAdd: listItem, twinOnUpdate: quoted }),
  ...userFields('crm.quote', 7, { twinOnAdd: listItem, twinOnUpdate: quoted }),
]

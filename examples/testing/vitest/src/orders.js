/**
 * Makes a deal of an order, and a contact of its customer where there is none with that e-mail address.
 * An order that arrives twice makes one deal.
 * @param {import('@bitrix24/b24jssdk').TypeB24} b24
 * @param {{ number: string, total: number, customer: { name: string, email: string } }} order
 * @returns {Promise<number>} the id of the deal
 */
export async function importOrder(b24, { number, total, customer }) {
  const call = async (method, params) => {
    const answer = await b24.actions.v2.call.make({ method, params })
    if (!answer.isSuccess) throw new Error(`${method}: ${answer.getErrorMessages().join('; ')}`)
    return answer.getData().result
  }
  const origin = { ORIGINATOR_ID: 'shop', ORIGIN_ID: number }
  const [known] = await call('crm.deal.list', { filter: origin, select: ['ID'] })
  if (known !== undefined) return Number(known.ID)

  const [contact] = await call('crm.contact.list', { filter: { EMAIL: customer.email }, select: ['ID'] })
  const contactId =
    contact?.ID ??
    (await call('crm.contact.add', {
      fields: { NAME: customer.name, EMAIL: [{ VALUE: customer.email, VALUE_TYPE: 'WORK' }] },
    }))
  return call('crm.deal.add', {
    fields: { TITLE: `Order ${number}`, OPPORTUNITY: total, CURRENCY_ID: 'EUR', CONTACT_ID: contactId, ...origin },
  })
}

import type { Hooks } from '../../../records/hooks.ts'

/** Estimates and invoices are numbered by their ids until numerators exist. */
const numbered = (field: string): Hooks => ({
  complete: (change) => change.default(field, String(change.id)),
})

/** Texts of a new estimate are BB-code, and its files lie on the portal's own storage. */
export const quoteHooks: Hooks = {
  async complete(change) {
    await numbered('quoteNumber').complete?.(change)
    for (const name of ['commentsType', 'contentType', 'termsType']) change.default(name, 2)
    change.default('storageTypeId', 3)
    change.default('personTypeId', 1)
  },
}

export const invoiceHooks: Hooks = numbered('accountNumber')

import { type LinkWords, links as linksOf } from '../../../methods/families/links.ts'
import { ApiError, legacyError } from '../../../methods/errors.ts'
import type { Module } from '../../module.ts'
import { company } from '../company.ts'
import { contact } from '../contact.ts'
import { deal } from '../deal.ts'
import { lead } from '../lead.ts'
import { quote } from '../quote.ts'
import { simpleMode } from './conversion.ts'

/** Contacts and their companies: two sides of the same links, whose pages agree. */
const sides: LinkWords = { missesRecords: false, keepsSort: true }

/** Links between records, and leads that turn into others. */
export const links: Module = {
  name: 'crm.links',
  hooks: { [lead.name]: simpleMode },
  methods: [
    ...linksOf('crm.lead', lead, 'contactIds', {
      notFound: new ApiError('NOT_FOUND', 400, 'Not found.'),
    }),
    ...linksOf('crm.deal', deal, 'contactIds', {
      deniedAll: { denied: legacyError('Access denied.'), deniedOnClear: legacyError('Access denied') },
      notFoundOnClear: legacyError('Not found'),
    }),
    ...linksOf('crm.quote', quote, 'contactIds', {
      denied: new ApiError('ACCESS_DENIED', 403, 'Access denied!'),
      missesRecords: false,
    }),
    ...linksOf('crm.contact', contact, 'companyIds', { ...sides, deleted: 'fields' }),
    ...linksOf('crm.company', company, 'contactIds', sides),
  ],
}

import { allOf } from '../../../records/hooks.ts'
import type { Module } from '../../module.ts'
import { address } from './address.ts'
import addressMethods from './address-methods.ts'
import { bankDetail } from './bank-detail.ts'
import { checks } from './checks.ts'
import { bankDetailHooks, itemHooks, requisiteHooks } from './hooks.ts'
import { requisiteLink } from './link.ts'
import linkMethods from './link-methods.ts'
import { prepare } from './prepare.ts'
import { preset } from './preset.ts'
import presetFieldMethods from './preset-fields.ts'
import presetMethods, { presetHooks } from './preset-methods.ts'
import { requisite as details } from './requisite.ts'
import requisiteMethods from './requisite-methods.ts'
import { presetFieldTable } from './tables.ts'

/** Requisites, bank details, presets and addresses. */
export const requisite: Module = {
  name: 'crm.requisite',
  entities: [details, bankDetail, preset, address, requisiteLink],
  tables: [presetFieldTable],
  itemHooks: allOf(...itemHooks),
  hooks: {
    [details.name]: requisiteHooks,
    [bankDetail.name]: bankDetailHooks,
    [preset.name]: presetHooks,
  },
  methods: [...requisiteMethods, ...presetMethods, ...presetFieldMethods, ...linkMethods, ...addressMethods],
  checks,
  prepare,
}

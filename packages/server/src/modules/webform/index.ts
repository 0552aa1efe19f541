import { sql } from '../../store/sql.ts'
import type { Module } from '../module.ts'
import { formMethods } from './form-methods.ts'
import { webForm, webFormSubmission } from './tables.ts'

/** Forms on websites, which strangers fill in and which make leads, contacts and deals (http/form-routes.ts). */
export const webForms: Module = {
  name: 'webform',
  methods: formMethods,
  tables: [webForm, webFormSubmission],
  checks: [
    {
      name: 'what was sent belongs to a form',
      faults: () =>
        sql`select 'submission ' || cast(s.id as text) as fault from web_form_submission s where not exists (select 1 from web_form f where f.id = s.form_id)`,
    },
  ],
}

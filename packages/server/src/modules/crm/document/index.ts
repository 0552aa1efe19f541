import { removeWithin } from '../../../records/records.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Module } from '../../module.ts'
import { buildJob, BUILD, transformJob, TRANSFORM } from './build.ts'
import { document } from './document.ts'
import { documentMethods, readableDocument } from './document-methods.ts'
import { counterTable } from './numbering.ts'
import { counting, numerator, numeratorMethods } from './numerator.ts'
import { template, templateMethods } from './template.ts'

/** Documents from templates, and numerators. */
export const documents: Module = {
  name: 'crm.document',
  methods: [...numeratorMethods, ...templateMethods, ...documentMethods],
  entities: [document, template, numerator],
  tables: [counterTable],
  ownedBy: [{ table: document.table, type: 'entity_type_id', record: 'entity_id' }],
  jobs: { [BUILD]: buildJob, [TRANSFORM]: transformJob },
  itemHooks: {
    async removed(change) {
      const { entity, id, tx } = change
      const rows = await tx.find<{ id: number }>(
        sql`select id from crm_document where entity_id = ${id} and entity_type_id = ${entity.entityTypeId}`,
      )
      for (const row of rows) await removeWithin(change, document, row.id)
    },
  },
  hooks: {
    [document.name]: {
      readable: readableDocument,
      // on-crm-document-generator-document-add.md
      announced: (change) => ({ ENTITY_TYPE_ID: change.value('entityTypeId'), ENTITY_ID: change.value('entityId') }),
    },
    [numerator.name]: {
      async removed({ tx, id }) {
        await tx.change(sql`delete from crm_numerator_counter where numerator_id = ${id}`)
      },
    },
  },
  checks: [
    {
      name: 'documents have the template that they name',
      faults: () =>
        sql`select 'document ' || cast(id as text) as fault from crm_document where template_id is not null and not exists (select 1 from crm_document_template as made where made.id = template_id)`,
    },
    {
      name: 'templates have a numerator',
      faults: () =>
        sql`select 'template ' || cast(id as text) as fault from crm_document_template where is_deleted = 'N' and not exists (select 1 from crm_numerator as rule where rule.id = numerator_id)`,
    },
    {
      name: 'counters have a numerator',
      faults: () =>
        sql`select 'counter of ' || cast(numerator_id as text) as fault from crm_numerator_counter where not exists (select 1 from crm_numerator as rule where rule.id = numerator_id)`,
    },
  ],
  async prepare(tx) {
    const table = entityTable(numerator)
    tx.insert(table, {
      id: await tx.nextId(table),
      name: 'Documents',
      template: '{NUMBER}',
      sequence: JSON.stringify(counting),
      is_of_rest: 'N',
    })
    tx.count(numerator.table, 1)
  },
}

import { crud } from '../../methods/crud.ts'
import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import { user } from '../../schema/kinds/user.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { defaultCatalog } from './catalog.ts'
import { choice, reference } from './kinds.ts'
import { inDefaultCatalog } from './in-default-catalog.ts'
import { ids } from './numbers.ts'

const camelOnly = { legacy: null }

/** Sections of a catalogue, which may be nested. */
export const section = defineEntity({
  name: 'productSection',
  title: 'Section of the catalogue',
  table: 'crm_product_section',
  entityTypeId: ids.section,
  event: 'ONCRMPRODUCTSECTION',
  part: true,
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    iblockId: field(reference(ids.catalog), 'Catalog', { upper: 'CATALOG_ID', immutable: 'legacy', index: true }),
    iblockSectionId: field(reference(ids.section), 'Section', { upper: 'SECTION_ID', index: true }),
    name: field(string, 'Name', { required: true }),
    xmlId: field(string, 'Symbolic code'),
    code: field(string, 'Code', camelOnly),
    active: field(flag, 'Active', camelOnly),
    sort: field(integer, 'Sorting', camelOnly),
    description: field(text, 'Description', camelOnly),
    descriptionType: field(choice(['text', 'html'], 'text', 'string'), 'Description type', camelOnly),
    createdBy: field(user, 'Created by', { legacy: null, item: false }),
  },
})

export const OTHER_CATALOG = 'The parent section belongs to another catalog'
export const SECTION_CODE_TAKEN = 'A section with this code already exists'

interface SectionRow {
  readonly catalog_id: number
  readonly section_id: number | null
}

export const findSection = async (reader: Reader, id: number): Promise<SectionRow | undefined> =>
  (await reader.find<SectionRow>(sql`select catalog_id, section_id from crm_product_section where id = ${id}`))[0]

const refuse = (text: string): never => {
  throw new Failure({ why: 'rule', text })
}

/** The sections above must be of the same catalogue, and the section itself must not be one of them. */
async function checkParents(change: Change): Promise<void> {
  const catalog = change.value('iblockId')
  let parent = Number(change.value('iblockSectionId') ?? 0)
  while (parent !== 0) {
    if (parent === change.id) refuse('A section cannot be inside itself')
    const row = await findSection(change.tx, parent)
    if (row === undefined) break
    if (row.catalog_id !== catalog) refuse(OTHER_CATALOG)
    parent = row.section_id ?? 0
  }
}

export const sectionHooks: Hooks = {
  async complete(change) {
    if (!change.value('iblockId')) change.set('iblockId', await defaultCatalog(change.tx))
    if (change.value('iblockSectionId') === 0) change.set('iblockSectionId', null)
    change.default('active', 'Y')
    change.default('sort', 500)
    change.default('descriptionType', 'text')
    change.default('createdBy', change.person.id)
  },
  async check(change) {
    if (!change.isNew && change.changes('iblockId')) refuse('A section cannot be moved to another catalog')
    if (change.changes('iblockSectionId') || change.isNew) await checkParents(change)
    const code = change.value('code')
    if (!code || !change.changes('code')) return
    const taken = await change.tx.find<{ id: number }>(
      sql`select id from crm_product_section where catalog_id = ${change.value('iblockId')} and code = ${code} and id <> ${change.id}`,
    )
    if (taken.length > 0) refuse(SECTION_CODE_TAKEN)
  },
  /** What was in the section goes up to where the section was: nothing is lost. */
  async removed(change) {
    const { tx, id } = change
    const parent = change.old('iblockSectionId')
    await tx.change(sql`update crm_product_section set section_id = ${parent} where section_id = ${id}`)
    await tx.change(sql`update crm_product set section_id = ${parent} where section_id = ${id}`)
  },
}

export default crud('crm.productsection', ids.section, { shown: inDefaultCatalog(section) })

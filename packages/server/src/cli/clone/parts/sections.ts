import { emptyDraft } from '../../../records/change.ts'
import { section } from '../../../modules/catalog/section.ts'
import { ids } from '../../../modules/catalog/numbers.ts'
import { catalogWire, legacyWire, type Wire } from '../../../schema/wire.ts'
import { Refused, type Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf } from './draft-of.ts'

const STEP = 'sections'
const CATALOG = itemKind(ids.catalog)
const PAGE = 200
const fields = [
  'id',
  'iblockId',
  'iblockSectionId',
  'name',
  'xmlId',
  'code',
  'active',
  'sort',
  'description',
  'descriptionType',
]

/** Sections of the catalogues. */
export const sections: Step = {
  name: STEP,
  after: ['catalogue'],
  count: (source) => source.total('crm.productsection.list'),
  async run(clone) {
    const { rows, wire } = await read(clone)
    const known = await clone.state.all(clone.session, CATALOG)
    // A level at a time: what is inside of a section names it by the number that it has here.
    for (const [level, list] of levels(rows).entries())
      for (let from = 0; from < list.length; from += PAGE)
        await bring(clone, {
          at: { step: STEP, cursor: `${level}:${from}` },
          entity: section,
          rows: list.slice(from, from + PAGE),
          key: (row) => textOf(row.id ?? row.ID),
          async prepare(fresh) {
            const drafts = await draftsOf(clone, section, wire, fresh, { without: ['id'] })
            return fresh.map((row, index): Ready | Left => {
              const draft = drafts[index] ?? emptyDraft()
              const catalog = known.get(textOf(row.iblockId ?? row.CATALOG_ID))
              if (catalog === undefined) return { row, why: 'its catalogue has not come' }
              draft.values.set('iblockId', catalog)
              for (const [name, value] of presets)
                if ((draft.values.get(name) ?? null) === null) draft.values.set(name, value)
              return { row, draft }
            })
          },
        })
    await removeGone(clone, STEP, section)
  },
}

const presets = [
  ['active', 'Y'],
  ['sort', 500],
  ['descriptionType', 'text'],
] as const

/** All of them: with all that they say where the scope `catalog` is there, and as the CRM knows them otherwise. */
async function read(clone: Clone): Promise<{ rows: readonly Row[]; wire: Wire }> {
  const rows: Row[] = []
  try {
    for (const catalog of (await clone.state.all(clone.session, CATALOG)).keys()) {
      const params = { select: fields, filter: { iblockId: numberOf(catalog) ?? 0 } }
      const pages = clone.source.pages('catalog.section.list', params, { idName: 'id', path: 'sections' })
      for await (const page of pages) rows.push(...page.rows)
    }
    return { rows, wire: catalogWire }
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause
  }
  for await (const page of clone.source.pages('crm.productsection.list')) rows.push(...page.rows)
  return { rows, wire: legacyWire }
}

/** Those on top, then those inside of them, and so on; what is inside of nothing that is there is on top as well. */
function levels(rows: readonly Row[]): Row[][] {
  const parents = new Map(
    rows.map((row) => [textOf(row.id ?? row.ID), textOf(row.iblockSectionId ?? row.SECTION_ID)] as const),
  )
  const depthOf = (id: string): number => {
    let depth = 0
    for (let at = parents.get(id); at !== undefined && parents.has(at) && depth < rows.length; at = parents.get(at))
      depth++
    return depth
  }
  const found: Row[][] = []
  for (const row of rows) (found[depthOf(textOf(row.id ?? row.ID))] ??= []).push(row)
  return found.map((level) => level ?? [])
}

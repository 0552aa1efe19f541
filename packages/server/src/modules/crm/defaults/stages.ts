/** How a stage is shown in `EXTRA.SEMANTICS`; only leads, deals and quotes have it. */
export type StageExtra = 'process' | 'success' | 'failure' | 'apology'

export interface StatusDefault {
  /** Full code, as `STATUS_ID` carries it: with the pipeline's prefix where there is one. */
  readonly statusId: string
  readonly name: string
  readonly sort: number
  /** `#RRGGBB`, stages only. */
  readonly color?: string
  /** Final stages only: success or failure. Absent means work in progress. */
  readonly semantics?: 'S' | 'F'
  /** `SYSTEM: "Y"`: deleted only with `FORCED`. */
  readonly system?: boolean
  readonly extra?: StageExtra
}

/** A pipeline's directory. Its name belongs to the pipeline, so the caller makes it. */
export interface StageDirectory {
  readonly entityId: string
  readonly entityTypeId: number
  /** What stands before the colon of each code: `C5`, `DT31_3`; empty for the deals' main pipeline. */
  readonly prefix: string
  readonly items: readonly StatusDefault[]
}

/** Sorts, colours and semantics of NEW, CONVERTED and JUNK: tutorials/crm/how-to-get-lists/how-to-get-stages-with-semantics.md */
export const leadStages: readonly StatusDefault[] = [
  { statusId: 'NEW', name: 'Not processed', sort: 10, color: '#00FFFF', system: true, extra: 'process' },
  { statusId: 'IN_PROCESS', name: 'In process', sort: 20, color: '#2FC6F6', extra: 'process' },
  { statusId: 'PROCESSED', name: 'Processed', sort: 30, color: '#55D0E0', extra: 'process' },
  {
    statusId: 'CONVERTED',
    name: 'Converted',
    sort: 50,
    color: '#37B44A',
    semantics: 'S',
    system: true,
    extra: 'success',
  },
  {
    statusId: 'JUNK',
    name: 'Low-quality lead',
    sort: 60,
    color: '#F54819',
    semantics: 'F',
    system: true,
    extra: 'failure',
  },
]

/** All eight as api-reference/crm/status/crm-status-list.md shows them. */
export const mainDealStages: readonly StatusDefault[] = [
  { statusId: 'NEW', name: 'New', sort: 10, color: '#39A8EF', system: true, extra: 'process' },
  { statusId: 'PREPARATION', name: 'Document preparation', sort: 20, color: '#2FC6F6', extra: 'process' },
  { statusId: 'PREPAYMENT_INVOICE', name: 'Prepayment invoice', sort: 30, color: '#55D0E0', extra: 'process' },
  { statusId: 'EXECUTING', name: 'In progress', sort: 40, color: '#47E4C2', extra: 'process' },
  { statusId: 'FINAL_INVOICE', name: 'Final invoice', sort: 50, color: '#FFA900', extra: 'process' },
  {
    statusId: 'WON',
    name: 'Deal successful',
    sort: 60,
    color: '#7BD500',
    semantics: 'S',
    system: true,
    extra: 'success',
  },
  { statusId: 'LOSE', name: 'Deal failed', sort: 70, color: '#FF5752', semantics: 'F', system: true, extra: 'failure' },
  {
    statusId: 'APOLOGY',
    name: 'Failure reason analysis',
    sort: 80,
    color: '#FF5752',
    semantics: 'F',
    extra: 'apology',
  },
]

export const quoteStages: readonly StatusDefault[] = [
  { statusId: 'DRAFT', name: 'New', sort: 10, color: '#39A8EF', system: true, extra: 'process' },
  { statusId: 'SENT', name: 'Sent to client', sort: 20, color: '#2FC6F6', extra: 'process' },
  { statusId: 'UNANSWERED', name: 'No response', sort: 30, color: '#55D0E0', extra: 'process' },
  {
    statusId: 'APPROVED',
    name: 'Accepted',
    sort: 40,
    color: '#7BD500',
    semantics: 'S',
    system: true,
    extra: 'success',
  },
  // The letters are the documented ones: crm.status.entity.types spells it so.
  {
    statusId: 'DECLAINED',
    name: 'Declined',
    sort: 50,
    color: '#FF5752',
    semantics: 'F',
    system: true,
    extra: 'failure',
  },
  {
    statusId: 'APOLOGY',
    name: 'Failure reason analysis',
    sort: 60,
    color: '#FF5752',
    semantics: 'F',
    extra: 'apology',
  },
]

/** Codes without prefix; only `N` is documented (api-reference/crm/universal/crm-item-add.md). */
export const invoiceTemplate: readonly StatusDefault[] = [
  { statusId: 'N', name: 'New', sort: 10, color: '#39A8EF', system: true },
  { statusId: 'S', name: 'Sent to client', sort: 20, color: '#2FC6F6' },
  { statusId: 'P', name: 'Paid', sort: 30, color: '#7BD500', semantics: 'S', system: true },
  { statusId: 'D', name: 'Unpaid', sort: 40, color: '#FF5752', semantics: 'F', system: true },
]

/** All five as tutorials/crm/how-to-add-crm-objects/how-to-add-category-to-spa.md shows them. */
const dynamicTemplate: readonly StatusDefault[] = [
  { statusId: 'NEW', name: 'Start', sort: 10, color: '#22B9FF', system: true },
  { statusId: 'PREPARATION', name: 'Preparation', sort: 20, color: '#88B9FF' },
  { statusId: 'CLIENT', name: 'Approval', sort: 30, color: '#10e5fc' },
  { statusId: 'SUCCESS', name: 'Success', sort: 40, color: '#00ff00', semantics: 'S', system: true },
  { statusId: 'FAIL', name: 'Failure', sort: 50, color: '#ff0000', semantics: 'F', system: true },
]

const MAIN_PIPELINE = 0
/** Longer codes are cut: pipeline 10 has `C10:PREPAYMENT_INVOIC` (tutorials/crm/how-to-get-lists/how-to-get-elements-by-stage-filter.md). */
const MAX_DEAL_STAGE_ID = 21

const prefixed = (prefix: string, items: readonly StatusDefault[], max = Number.POSITIVE_INFINITY) =>
  items.map((item) => ({ ...item, statusId: `${prefix}:${item.statusId}`.slice(0, max) }))

/** Stages of a deal pipeline: `DEAL_STAGE` for 0, else `DEAL_STAGE_5` with `C5:NEW`. */
export function dealStages(categoryId: number): StageDirectory {
  if (categoryId === MAIN_PIPELINE)
    return { entityId: 'DEAL_STAGE', entityTypeId: 2, prefix: '', items: mainDealStages }
  const prefix = `C${categoryId}`
  const items = prefixed(prefix, mainDealStages, MAX_DEAL_STAGE_ID)
  return { entityId: `DEAL_STAGE_${categoryId}`, entityTypeId: 2, prefix, items }
}

/** Stages of a smart process' pipeline: `DYNAMIC_177_STAGE_7` with `DT177_7:NEW`. */
export function dynamicStages(entityTypeId: number, categoryId: number): StageDirectory {
  const prefix = `DT${entityTypeId}_${categoryId}`
  const entityId = `DYNAMIC_${entityTypeId}_STAGE_${categoryId}`
  return { entityId, entityTypeId, prefix, items: prefixed(prefix, dynamicTemplate) }
}

/** Stages of an invoice pipeline: `SMART_INVOICE_STAGE_3` with `DT31_3:N`. */
export function invoiceStages(categoryId: number): StageDirectory {
  const prefix = `DT31_${categoryId}`
  const entityId = `SMART_INVOICE_STAGE_${categoryId}`
  return { entityId, entityTypeId: 31, prefix, items: prefixed(prefix, invoiceTemplate) }
}

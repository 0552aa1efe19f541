import type { Portal } from '../../records/context.ts'
import type { Category } from '../../records/directories.ts'
import type { Reader } from '../../store/store.ts'
import { directories, type DirectoryDefault } from './defaults/directories.ts'
import { dealStages, dynamicStages, invoiceStages, type StageDirectory } from './defaults/stages.ts'
import { generalPipeline } from './general-pipeline.ts'
import { flagsOf } from './type-settings.ts'

/** What may be written into a directory, and how `crm.status.entity.types` shows it. */
export interface StatusDirectory {
  readonly id: string
  /** The pipeline's entries are stages: they have meanings and colours. */
  readonly stages: boolean
  readonly entityTypeId?: number
  readonly categoryId: number | null
  /** `C9` in `C9:NEW`; empty where codes stand alone. */
  readonly prefix: string
  /** The whole `STATUS_ID`, prefix included (api-reference/crm/status/crm-status-add.md). */
  readonly maxLength: number
  readonly strictCharacters: boolean
  /** The row of `crm.status.entity.types`; some directories are kept but not listed there. */
  readonly shown?: Readonly<Record<string, unknown>>
}

const UNLISTED: ReadonlySet<string> = new Set(['EVENT_TYPE', 'INVOICE_STATUS'])
const lengths: Readonly<Record<string, number>> = { STATUS: 21, QUOTE_STATUS: 22, DEAL_STAGE: 22 }
/** `C10:PREPAYMENT_INVOIC`: a deal's stage with its prefix is never longer. */
const MAX_DEAL_STAGE = 21
const MAX_OTHER = 50

/** Every directory of the portal as it is now, in the order of `crm.status.entity.types`. */
export async function statusDirectories(portal: Portal, reader: Reader): Promise<readonly StatusDirectory[]> {
  const invoices = await portal.directories.categories(reader, 31)
  const deals = await portal.directories.categories(reader, 2)
  const general = await generalPipeline(portal, reader, 2)
  const known = directories.flatMap((directory) =>
    directory.entityId === 'DEAL_STAGE'
      ? [...invoices.map(invoicePipeline), ...deals.map(dealPipeline), generalDeals(directory, general.name)]
      : [plain(directory)],
  )
  const dynamic: StatusDirectory[] = []
  for (const type of await portal.entities.types(reader)) {
    const isEnabled = flagsOf(type).isStagesEnabled === 'Y'
    for (const category of await portal.directories.categories(reader, type.entity_type_id))
      dynamic.push(dynamicPipeline(category, type.title, isEnabled))
  }
  return [...known, ...dynamic]
}

const semanticInfo = (info: NonNullable<DirectoryDefault['semanticInfo']>, prefix = ''): Record<string, unknown> => ({
  START_FIELD: `${prefix}${info.start}`,
  FINAL_SUCCESS_FIELD: `${prefix}${info.success}`,
  FINAL_UNSUCCESS_FIELD: `${prefix}${info.failure}`,
  FINAL_SORT: 0,
})

function plain(directory: DirectoryDefault): StatusDirectory {
  const { entityId: id, name, entityTypeId, semanticInfo: info } = directory
  return {
    id,
    stages: info !== undefined,
    ...(entityTypeId === undefined ? {} : { entityTypeId }),
    categoryId: null,
    prefix: '',
    maxLength: lengths[id] ?? MAX_OTHER,
    strictCharacters: id in lengths,
    ...(UNLISTED.has(id)
      ? {}
      : {
          shown: {
            ID: id,
            NAME: name,
            ...(info === undefined ? {} : { SEMANTIC_INFO: semanticInfo(info) }),
            ...(entityTypeId === undefined ? {} : { ENTITY_TYPE_ID: entityTypeId }),
          },
        }),
  }
}

function generalDeals(directory: DirectoryDefault, name: string): StatusDirectory {
  const base = plain(directory)
  return {
    ...base,
    shown: {
      ID: directory.entityId,
      NAME: `${name} deal stages`,
      SEMANTIC_INFO: base.shown?.SEMANTIC_INFO,
      FIELD_ATTRIBUTE_SCOPE: '',
      ENTITY_TYPE_ID: 2,
      CATEGORY_ID: 0,
    },
  }
}

const pipeline = (stages: StageDirectory, category: Category): Omit<StatusDirectory, 'shown'> => ({
  id: stages.entityId,
  stages: true,
  entityTypeId: stages.entityTypeId,
  categoryId: category.id,
  prefix: stages.prefix,
  maxLength: stages.entityTypeId === 2 ? MAX_DEAL_STAGE : MAX_OTHER,
  strictCharacters: stages.entityTypeId === 2,
})

function dealPipeline(category: Category): StatusDirectory {
  const stages = dealStages(category.id)
  const info = directories.find((directory) => directory.entityId === 'DEAL_STAGE')?.semanticInfo
  return {
    ...pipeline(stages, category),
    shown: {
      ID: stages.entityId,
      NAME: `${category.name} deal stages`,
      PARENT_ID: 'DEAL_STAGE',
      SEMANTIC_INFO: info === undefined ? [] : semanticInfo(info, `${stages.prefix}:`),
      PREFIX: stages.prefix,
      FIELD_ATTRIBUTE_SCOPE: `category_${category.id}`,
      ENTITY_TYPE_ID: 2,
      // A text here and nowhere else (api-reference/crm/status/crm-status-entity-types.md).
      CATEGORY_ID: String(category.id),
    },
  }
}

/** What invoices and smart processes have in common; their meanings are those of the stages themselves. */
const ofCategory = (stages: StageDirectory, category: Category, name: string, isEnabled: boolean) => ({
  ID: stages.entityId,
  NAME: name,
  SEMANTIC_INFO: [],
  PREFIX: stages.prefix,
  FIELD_ATTRIBUTE_SCOPE: `category_${category.id}`,
  ENTITY_TYPE_ID: stages.entityTypeId,
  IS_ENABLED: isEnabled,
  CATEGORY_ID: category.id,
})

function invoicePipeline(category: Category): StatusDirectory {
  const stages = invoiceStages(category.id)
  return { ...pipeline(stages, category), shown: ofCategory(stages, category, 'Invoice stages', true) }
}

function dynamicPipeline(category: Category, title: string, isEnabled: boolean): StatusDirectory {
  const stages = dynamicStages(category.entityTypeId, category.id)
  return {
    ...pipeline(stages, category),
    shown: {
      ...ofCategory(stages, category, `${title} (${category.name})`, isEnabled),
      CATEGORY_NAME: category.name,
      CATEGORY_SORT: category.sort,
      IS_DEFAULT_CATEGORY: category.isDefault,
    },
  }
}

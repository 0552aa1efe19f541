import { stageDirectory } from '../../../../modules/crm/stages.ts'
import { isDynamic } from '../../../../schema/entity-types.ts'
import { items } from '../record-kinds.ts'
import type { Baseline } from './baseline.ts'
import { type Look, type Row, textOf } from './look.ts'
import { Names } from './names.ts'
import type { State } from './state.ts'
import type { Dumped } from './text.ts'

/** A pipeline's stages have its number before their codes: `C9:NEW`, `DT128_4:NEW`. */
const STAGE = /^(?:C|DT\d+_)(\d+):(.+)$/s
/** A pipeline's stages are in a directory with its number. */
const DIRECTORY = /^(DEAL_STAGE_|SMART_INVOICE_STAGE_|DYNAMIC_(\d+)_STAGE_)(\d+)$/

/** A dump under way: what is there, what need not be said, and what things are called. */
export class Dumping {
  readonly look: Look
  readonly state: State
  readonly fresh: Baseline
  readonly names: Names
  readonly dumped: Dumped[] = []
  /** What a dump cannot say. */
  readonly left = new Set<string>()
  /** Directories that are not as in a fresh portal. */
  readonly changed = new Set<string>()
  /** Whether a company of the portal's own is among the records. */
  hasOwnCompany = false
  readonly #typeOfPipeline: ReadonlyMap<number, number>
  readonly #defaults: ReadonlySet<number>

  private constructor(look: Look, state: State, fresh: Baseline, names: Names) {
    this.look = look
    this.state = state
    this.fresh = fresh
    this.names = names
    const pipelines = [...state.pipelines].flatMap(([type, rows]) => rows.map((row) => ({ type, row })))
    const stored = pipelines.filter(({ row }) => Number(row.id) !== 0)
    this.#typeOfPipeline = new Map(stored.map(({ type, row }) => [Number(row.id), type]))
    this.#defaults = new Set(stored.filter(({ row }) => row.isDefault === 'Y').map(({ row }) => Number(row.id)))
  }

  static async of(look: Look, state: State, fresh: Baseline): Promise<Dumping> {
    return new Dumping(look, state, fresh, await Names.of(look.session))
  }

  /** What records of an entity type are called in a seed. */
  entityName(entityTypeId: number): string {
    const known = Object.entries(items).find(([, id]) => id === entityTypeId)?.[0]
    return known ?? this.names.find('types', this.#typeId(entityTypeId))?.name ?? String(entityTypeId)
  }

  #typeId(entityTypeId: number): number {
    const row = this.state.types.find((each) => Number(each.entityTypeId) === entityTypeId)
    return Number(row?.id ?? 0)
  }

  /** `@machines`, and for what is in every portal its number. */
  type(entityTypeId: number): string | number {
    return isDynamic(entityTypeId) ? `@${this.entityName(entityTypeId)}` : entityTypeId
  }

  user(id: unknown): string | number {
    const named = this.names.find('users', Number(id))
    return named === undefined || Number(id) === 1 ? Number(id) : `@${named.name}`
  }

  department(id: unknown): string | number {
    const named = this.names.find('departments', Number(id))
    return named === undefined || Number(id) === 1 ? Number(id) : `@${named.name}`
  }

  /** What stands for a pipeline: `partners`, `machines.pipeline`; nothing where its number is the same everywhere. */
  #pipelineName(id: number): string | undefined {
    const named = this.names.find('pipelines', id)?.name
    const type = this.#typeOfPipeline.get(id)
    if (named !== undefined || type === undefined || !this.#defaults.has(id) || !isDynamic(type)) return named
    return `${this.entityName(type)}.pipeline`
  }

  pipeline(id: unknown): string | number {
    const name = this.#pipelineName(Number(id))
    return name === undefined ? Number(id) : `@${name}`
  }

  /** Whether a pipeline is the one that new records of its type are in. */
  isDefault(id: unknown): boolean {
    return Number(id) === 0 || this.#defaults.has(Number(id))
  }

  /** The code of a stage, or the name of what will have that code. */
  stage(code: string): string {
    const [, category, own = ''] = STAGE.exec(code) ?? []
    const pipeline = category === undefined ? undefined : this.#pipelineName(Number(category))
    if (pipeline === undefined) return code
    const type = this.#typeOfPipeline.get(Number(category)) ?? 0
    const status = this.#statusOf(stageDirectory(type, Number(category)), code)
    const named = status === undefined ? undefined : this.names.find('statuses', Number(status.ID))
    return named === undefined ? `@${pipeline.replace(/\.pipeline$/, '')}.${own}` : `@${named.name}`
  }

  #statusOf(directory: string, code: string): Row | undefined {
    return this.state.statuses.get(directory)?.find((each) => textOf(each.STATUS_ID) === code)
  }

  /** The name of a directory, with names in it that stand for numbers. */
  directory(name: string): string {
    const [, head = '', type, category] = DIRECTORY.exec(name) ?? []
    const pipeline = category === undefined ? undefined : this.#pipelineName(Number(category))
    if (pipeline === undefined) return name
    return type === undefined
      ? `${head}@{${pipeline}}`
      : `DYNAMIC_@{${this.entityName(Number(type))}}_STAGE_@{${pipeline}}`
  }

  /** The entity of a user field: `CRM_@{machines.id}`. */
  fieldEntity(entityId: string): string {
    const [, id] = /^CRM_(\d+)$/.exec(entityId) ?? []
    const named = id === undefined ? undefined : this.names.find('types', Number(id))
    return named === undefined ? entityId : `CRM_@{${named.name}.id}`
  }

  add(thing: Dumped): void {
    this.dumped.push(thing)
  }
}

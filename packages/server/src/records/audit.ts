import type { Table } from '../store/table.ts'
import type { Transaction } from '../store/store.ts'

/**
 * Who did what to the portal itself, when and from where: sign-ins, settings, rights, exports, webhooks, applications.
 * Rows are only ever added (api-reference/event-log/index.md shows them).
 */
export const auditLog: Table = {
  name: 'audit_log',
  columns: {
    id: 'integer',
    time: 'integer',
    severity: 'text',
    audit_type: 'text',
    module: 'text',
    item: 'text',
    user_id: 'integer',
    remote_address: 'text',
    user_agent: 'text',
    request_uri: 'text',
    description: 'text',
  },
  indexes: [{ columns: ['time'] }, { columns: ['audit_type', 'time'] }, { columns: ['user_id', 'time'] }],
}

/** Where a request came from. Calls from inside the program have none. */
export interface Visitor {
  readonly address: string
  readonly userAgent: string
  /** The path without its query and without the code of a webhook. */
  readonly uri: string
}

export interface AuditEntry {
  /** `USER_AUTHORIZE`, `WEBHOOK_ADD`, …: upper case, stable, one per kind of act. */
  readonly type: string
  readonly severity?: 'SECURITY' | 'ERROR' | 'WARNING' | 'INFO'
  /** The part of the portal: `main`, `rest`, `crm`. */
  readonly module: string
  /** What it was done to, e.g. `webhook 3`, `user 2`. Never a secret. */
  readonly item: string
  /** More, as text or as data. Never a secret. */
  readonly description?: string | Readonly<Record<string, unknown>>
}

/** What was asked for, of a call from outside. */
export interface Asked {
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Parameters that name what was changed; nothing else of a request is copied into the log. */
const NAMING = /^(id|code|name|title|entity_?id|entity_?type_?id|owner_?type_?id|status_?id|field_?name|currency)$/i

/** Writes that settings were changed: by which method, and what it named. */
export async function auditSettings(
  who: Parameters<typeof audit>[0] & { readonly asked?: Asked | undefined },
  tx: Transaction,
): Promise<void> {
  const { method, parameters } = who.asked ?? { method: 'portal', parameters: {} }
  const { fields, FIELDS = fields } = parameters
  const named = [parameters, typeof FIELDS === 'object' && FIELDS !== null ? FIELDS : {}].flatMap((each) =>
    Object.entries(each).filter(
      ([key, value]) => NAMING.test(key) && (typeof value === 'string' || typeof value === 'number'),
    ),
  )
  await audit(who, tx, {
    type: 'SETTINGS_CHANGE',
    severity: 'INFO',
    module: method.split('.')[0] ?? '',
    item: method,
    description: Object.fromEntries(named.map(([key, value]) => [key, String(value).slice(0, 100)])),
  })
}

/** Writes an entry in the transaction of the act. Without a person (a failed sign-in) the user is 0. */
export async function audit(
  who: { readonly person?: { readonly id: number }; readonly now: number; readonly visitor?: Visitor | undefined },
  tx: Transaction,
  { type, severity = 'SECURITY', module, item, description = '' }: AuditEntry,
): Promise<void> {
  tx.insert(auditLog, {
    id: await tx.nextId(auditLog),
    time: Math.floor(who.now),
    severity,
    audit_type: type,
    module,
    item,
    user_id: who.person?.id ?? 0,
    remote_address: who.visitor?.address ?? '',
    user_agent: (who.visitor?.userAgent ?? '').slice(0, 500),
    request_uri: (who.visitor?.uri ?? '').slice(0, 500),
    description: typeof description === 'string' ? description : JSON.stringify(description),
  })
}

/** A condition of a rule as it is written in a row: `conditions` of a rule are a filter of `crm.item.list`. */
export interface RuleCondition {
  readonly key: string
  readonly field: string
  readonly op: ConditionOp
  readonly value: unknown
}

export const conditionOps = ['is', 'isNot', 'contains', 'from', 'to', 'empty', 'filled'] as const
export type ConditionOp = (typeof conditionOps)[number]

const signs = { is: '=', isNot: '!=', contains: '%', from: '>=', to: '<=', empty: '=', filled: '!=' } as const

/** Which questions a field can be asked. */
export function opsOf(type: string): readonly ConditionOp[] {
  if (['string', 'text', 'url', 'crm_multifield'].includes(type)) return ['is', 'isNot', 'contains', 'empty', 'filled']
  if (['integer', 'double', 'money', 'date', 'datetime'].includes(type)) return ['is', 'from', 'to', 'empty', 'filled']
  if (['boolean', 'char'].includes(type)) return ['is']
  return ['is', 'isNot', 'empty', 'filled']
}

export const filterOf = (conditions: readonly RuleCondition[]): Record<string, unknown> | null =>
  conditions.length === 0
    ? null
    : Object.fromEntries(
        conditions.map(({ field, op, value }) => [
          `${signs[op]}${field}`,
          op === 'empty' || op === 'filled' ? '' : (value ?? ''),
        ]),
      )

/** The rows of a filter; undefined where a program has written one that rows can't show. */
export function conditionsOf(filter: Readonly<Record<string, unknown>> | null): RuleCondition[] | undefined {
  const rows: RuleCondition[] = []
  for (const [key, value] of Object.entries(filter ?? {})) {
    const [, sign = '', field = ''] = /^(!=|>=|<=|[=!%]?)([A-Za-z]\w*)$/.exec(key) ?? []
    const isEmpty = value === ''
    const op: ConditionOp | undefined =
      sign === '=' || sign === ''
        ? isEmpty
          ? 'empty'
          : 'is'
        : sign === '!=' || sign === '!'
          ? isEmpty
            ? 'filled'
            : 'isNot'
          : sign === '%'
            ? 'contains'
            : sign === '>='
              ? 'from'
              : sign === '<='
                ? 'to'
                : undefined
    if (field === '' || op === undefined || (typeof value === 'object' && !Array.isArray(value))) return undefined
    rows.push({ key, field, op, value })
  }
  return rows
}

import { PortalError } from 'portico-client'
import { call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'
import { callAll } from '../saving.ts'

interface Placed {
  readonly id: number
  readonly stageId: string | null
  readonly categoryId: number | null
}

/** Automation rules of a place that is no more could never run again: they go with it, where the person may say so. */
export async function forgetRules(entityTypeId: number, isGone: (rule: Placed) => boolean): Promise<void> {
  try {
    const { rules } = await call<{ rules: readonly Placed[] }>('portico.automation.rule.list', { entityTypeId })
    await callAll(rules.filter(isGone).map(({ id }) => ({ method: 'portico.automation.rule.delete', params: { id } })))
    await queries.invalidateQueries({ queryKey: ['rules', entityTypeId] })
  } catch (cause) {
    if (!(cause instanceof PortalError)) throw cause
  }
}

import type { Answer, TestPortal } from '../../support/portal.ts'

export interface Said {
  readonly entity: string
  readonly action: string
  readonly level: string
  readonly categoryId?: number
  readonly stageId?: string
}

export const ACTIONS = ['read', 'add', 'update', 'delete', 'import', 'export'] as const

/** Roles as an administrator sets them, and calls that must work out. */
export function rightsIn(portal: TestPortal) {
  const must = async (method: string, params: object, as?: string): Promise<Answer['body']> => {
    const answer = await portal.call(method, params, as === undefined ? {} : { as })
    if (answer.status !== 200) throw new Error(`${method} answered ${answer.text}`)
    return answer.body
  }
  return {
    must,
    department: async (name: string, parent = 1): Promise<number> =>
      Number((await must('department.add', { NAME: name, PARENT: parent })).result),
    /** Takes away what a new portal allows everybody. */
    nobodyMayAnything: () => must('portico.role.assign', { id: 1, access: [] }),
    role: async (access: readonly string[], permissions: readonly Said[], name = 'Role'): Promise<number> =>
      (await must('portico.role.add', { fields: { name, access, permissions } })).result.role.id,
    says: (id: number, permissions: readonly Said[]) => must('portico.role.update', { id, fields: { permissions } }),
  }
}

/** One level for every action. */
export const everywhere = (entity: string, level: string, actions: readonly string[] = ACTIONS): Said[] =>
  actions.map((action) => ({ entity, action, level }))

/** What a call answered, as short as it can be compared: `200`, or the status with the error. */
export const outcome = ({ status, body }: Answer): string =>
  status === 200 ? '200' : `${status} ${String(body.error)} ${String(body.error_description)}`

/** The rows of every table that a refused call must leave alone, with the totals that are kept. */
export async function traces(portal: TestPortal): Promise<Record<string, unknown>> {
  const session = portal.portal.store.session()
  const totals: Record<string, number> = {}
  for (const entity of await portal.portal.entities.all(session))
    totals[entity.table] = await portal.portal.store.total(session, [entity.table])
  return { ...(await portal.census()), totals }
}

import { type Call, method } from '../../methods/method.ts'
import { type Action, actions, type Level } from '../../records/levels.ts'
import type { Entity } from '../../schema/entity.ts'
import { stageDirectory } from '../crm/stages.ts'
import { pipelines } from '../crm/general-pipeline.ts'

type Rights = Readonly<Record<Action, Level>>

/** What the caller may do with the records of one place, by action. */
export async function rightsAt(
  call: Call,
  entity: Entity,
  category: number | undefined,
  stage?: string,
): Promise<Rights> {
  const found: Partial<Record<Action, Level>> = {}
  for (const action of actions)
    found[action] = (await call.portal.access.reach(call, entity, action)).levelAt(category, stage)
  return found as Rights
}

/** Stages where something else holds than in the rest of their pipeline. */
async function exceptions(
  call: Call,
  entity: Entity,
  category: number | undefined,
  rest: Rights,
): Promise<Record<string, Rights>> {
  if (entity.stageField === undefined) return {}
  const stages: Record<string, Rights> = {}
  const directory = stageDirectory(entity.entityTypeId, category ?? 0)
  for (const { statusId } of await call.portal.directories.statuses(call.session, directory)) {
    const here = await rightsAt(call, entity, category, statusId)
    if (actions.some((action) => here[action] !== rest[action])) stages[statusId] = here
  }
  return stages
}

/** What the caller may do: what a page shows, and which buttons. The server asks again, whatever a page has shown. */
export const myRights = method({
  name: 'portico.rights.my',
  scope: 'crm',
  params: {},
  async run(_none, call) {
    const places: object[] = []
    for (const entity of await call.portal.entities.all(call.session)) {
      const { entityTypeId } = entity
      const categories = entity.categories
        ? (await pipelines(call.portal, call.session, entityTypeId)).map(({ id }) => id)
        : [undefined]
      for (const category of categories) {
        const rights = await rightsAt(call, entity, category)
        const stages = await exceptions(call, entity, category, rights)
        places.push({ entityTypeId, entity: entity.name, categoryId: category ?? null, rights, stages })
      }
    }
    return {
      administrator: call.person.admin,
      crmAdministrator: await call.portal.access.mayConfigure(call),
      places,
    }
  },
})

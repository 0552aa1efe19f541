import type { Entity, Field } from '../../../schema/entity.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'
import { sql } from '../../../store/sql.ts'
import { titleOf } from '../shown.ts'
import type { Owner } from './owners.ts'
import type { Reading, TimelineSource } from './sources.ts'

/**
 * Records that belong to this one (a deal that a lead turned into, a company's contacts), at the time of their
 * creation. They are looked up by their links, of which there are indexes, so that no write tells two timelines.
 */
export async function childSources(reading: Reading, owner: Owner): Promise<TimelineSource[]> {
  const all = await reading.portal.entities.all(reading.session)
  return all.flatMap((entity) => {
    const links = linksTo(entity, owner)
    return links.length === 0 || !entity.byName.has('createdTime') ? [] : [childSource(entity, links)]
  })
}

/** The fields by which an entity belongs to others of a type; "my company" owns nothing. */
function linksTo(entity: Entity, owner: Owner): Field[] {
  const { entityTypeId } = owner.entity
  const lists = entity.fields.filter(
    ({ kind, place }) => kind.target === entityTypeId && place.in === 'links' && place.reverse !== true,
  )
  const firsts = lists.map(({ place }) => (place.in === 'links' ? place.primary : undefined))
  const columns = entity.columns.filter(
    ({ kind, index, name }) =>
      kind.target === entityTypeId && index === true && name !== 'mycompanyId' && !firsts.includes(name),
  )
  return [...lists, ...columns]
}

const pointsAt = (entity: Entity, field: Field, id: number): Test =>
  field.place.in === 'links'
    ? {
        is: 'among',
        shape: `crm_link ${entity.entityTypeId} ${field.place.role}`,
        values: [entity.entityTypeId, field.place.role, id],
        ids: ([type, role, to]) =>
          sql`select record_id from crm_link where entity_type_id = ${type} and role = ${role} and to_id = ${to}`,
      }
    : { is: 'compare', field, op: 'eq', values: [id] }

const NAMES = ['id', 'createdTime', 'createdBy', 'title', 'name', 'secondName', 'lastName']

function childSource(entity: Entity, links: readonly Field[]): TimelineSource {
  const source = `child-${entity.entityTypeId}`
  const fields = NAMES.flatMap((name) => entity.byName.get(name) ?? [])
  const [id, time] = [entity.field('id'), entity.field('createdTime')]
  return {
    name: source,
    sorts: ['child'],
    async read(reading, owner, before, limit) {
      const { none, test: condition } = await reading.portal.access.reach(reading, entity, 'read')
      if (none) return []
      const earlier: Test = {
        is: 'group',
        logic: 'OR',
        members: [
          { is: 'compare', field: time, op: 'lt', values: [before.time] },
          and([
            { is: 'compare', field: time, op: 'eq', values: [before.time] },
            { is: 'compare', field: id, op: 'lt', values: [before.id] },
          ]),
        ],
      }
      const linked: Test = {
        is: 'group',
        logic: 'OR',
        members: links.map((field) => pointsAt(entity, field, owner.id)),
      }
      const rows = await select(reading.session, {
        entity,
        fields,
        test: and([linked, earlier, ...(condition === undefined ? [] : [condition])]),
        order: [
          { field: time, direction: 'DESC' },
          { field: id, direction: 'DESC' },
        ],
        limit,
      })
      return rows.map((stored) => ({
        source,
        id: Number(scalarOf(stored, id)),
        kind: 'child',
        time: Number(scalarOf(stored, time)),
        authorId: Number(scalarOf(stored, entity.field('createdBy'))),
        data: { entityTypeId: entity.entityTypeId, title: titleOf(entity, stored) },
      }))
    },
  }
}

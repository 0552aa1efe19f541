import { queries } from '../../api/queries.ts'
import type { Person } from '../../model/people.ts'

/** A person's name, as far as people have been read. */
export const personName = (id: number): string =>
  queries.getQueryData<ReadonlyMap<number, Person>>(['people'])?.get(id)?.name ?? `#${id}`

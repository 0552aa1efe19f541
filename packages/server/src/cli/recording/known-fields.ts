import { modules } from '../../modules/index.ts'
import { declaredFields, type Declared } from './field-classes.ts'

let known: Declared | undefined

/** Every field that is declared anywhere here. */
export const knownFields = (): Declared => (known ??= declaredFields(modules.flatMap(({ entities }) => entities ?? [])))

import { i18n } from '../i18n/index.ts'
import type { RecordType } from './record-types.ts'

type Named = Pick<RecordType, 'name' | 'title' | 'isDynamic'>

const said = (key: string, named: Record<string, unknown> = {}): string => i18n.global.t(key, named)
/** Types that every portal has are called in the language of the interface; smart processes as the portal calls them. */
const isKnown = ({ isDynamic, name }: Named): boolean => !isDynamic && i18n.global.te(`types.${name}.many`)

/** `Leads`: what a page of many is called. */
export const titleOfMany = (type: Named): string => (isKnown(type) ? said(`types.${type.name}.many`) : type.title)

/** `Lead`: what one record is. */
export const titleOfOne = (type: Named): string => (isKnown(type) ? said(`types.${type.name}.one`) : type.title)

/** `New lead`: what makes another one. */
export const titleOfNew = (type: Named): string =>
  isKnown(type) ? said(`types.${type.name}.create`) : said('types.create', { type: type.title })

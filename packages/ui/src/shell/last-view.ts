import { homeOf, listPath, pathOf, type RecordType } from '../model/record-types.ts'

const KEY = 'portico-views'
type View = 'kanban' | 'list'

function read(): Record<string, View> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, View>
  } catch {
    return {}
  }
}

/** Remembers whether a type was last looked at as a board or as a list. */
export function rememberView(path: string): void {
  const [, type, view] = /^(\/crm\/.+)\/(kanban|list)\/$/.exec(path) ?? []
  if (type !== undefined) localStorage.setItem(KEY, JSON.stringify({ ...read(), [type]: view }))
}

/** Where a click on a type leads: to the view that was used last. */
export const lastViewOf = (type: RecordType): string =>
  read()[pathOf(type)] === 'list' ? listPath(type) : homeOf(type)

import type { PortalFunction, Region } from '../function.ts'
import { calendarEvents, calendars } from './calendars.ts'
import { chats, messages, notifications } from './chats.ts'
import { diskFiles, folders, storages } from './disk.ts'
import { feed } from './feed.ts'
import { deals, leads } from './leads-and-deals.ts'
import { departments, users } from './people.ts'
import { settings } from './settings.ts'
import { kanban, taskChecklists, taskComments, taskFields, timeKeeping } from './task-parts.ts'
import { tasks } from './tasks.ts'

/** Every function of OpenIntegrations' Bitrix24 library: the table that drives parsing, help, completion and calls. */
export const regions: readonly Region[] = [
  { title: 'Settings and sign-in', functions: settings },
  { title: 'Leads', functions: leads },
  { title: 'Deals', functions: deals },
  { title: 'Users', functions: users },
  { title: 'Departments', functions: departments },
  { title: 'Tasks', functions: tasks },
  { title: 'Task fields', functions: taskFields },
  { title: 'Task checklists', functions: taskChecklists },
  { title: 'Task comments and results', functions: taskComments },
  { title: 'Kanban', functions: kanban },
  { title: 'Time keeping', functions: timeKeeping },
  { title: 'Calendars', functions: calendars },
  { title: 'Calendar events', functions: calendarEvents },
  { title: 'Feed', functions: feed },
  { title: 'Drive: storages', functions: storages },
  { title: 'Drive: folders', functions: folders },
  { title: 'Drive: files', functions: diskFiles },
  { title: 'Chats', functions: chats },
  { title: 'Messages', functions: messages },
  { title: 'Notifications', functions: notifications },
]

export const functions: readonly PortalFunction[] = regions.flatMap((region) => region.functions)

/** For suggestions. */
export const functionNames = (): string[] => functions.map(({ name }) => name)

/** Names of former versions. */
const former: Readonly<Record<string, string>> = { getappsotrage: 'GetAppStorage', makecopyfile: 'MakeFileCopy' }

const byName = new Map(functions.map((each) => [each.name.toLowerCase(), each]))

/** The function of that name, in any case. */
export function findFunction(name: string): PortalFunction | undefined {
  const wanted = name.toLowerCase()
  return byName.get((former[wanted] ?? wanted).toLowerCase())
}

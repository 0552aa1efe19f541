import type { Field } from '../model/fields.ts'

/** What people look for in a timeline; the words of `portico.timeline.list`. */
export const sorts = ['comment', 'todo', 'call', 'email', 'meeting', 'activity', 'log', 'change', 'child'] as const
export type Sort = (typeof sorts)[number]

/** One thing that stands in a record's timeline. `source` and `id` together name it. */
export interface Entry<Data = Readonly<Record<string, unknown>>> {
  readonly source: string
  readonly id: number
  readonly kind: string
  readonly time: string
  readonly authorId: number | null
  readonly note?: string
  readonly data: Data
}

export interface Attachment {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly type?: 'image' | 'file'
  readonly image?: { readonly width: number; readonly height: number }
  readonly urlShow?: string
  readonly urlDownload: string
}

export interface CommentData {
  readonly text: string
  readonly files: readonly Attachment[]
  readonly blocks?: readonly { readonly layout: { readonly blocks: Blocks } }[]
}

/** Blocks of content that applications show, by names of their choice. */
export type Blocks = Readonly<Record<string, Block>>
export interface Block {
  readonly type: string
  readonly properties?: Readonly<Record<string, unknown>>
}

export interface LogData {
  readonly title: string
  readonly text: string
  readonly iconCode: string
  readonly blocks?: CommentData['blocks']
}

export interface Communication {
  readonly type: string
  readonly value: string
  readonly entityTypeId: number
  readonly entityId: number
}

export interface ActivityData {
  readonly subject: string
  /** 1 meeting, 2 call, 3 task, 4 e-mail, 6 what its provider says. */
  readonly typeId: number
  readonly providerId: string | null
  readonly deadline: string | null
  readonly startTime: string | null
  readonly endTime: string | null
  readonly completed: 'Y' | 'N'
  readonly completedTime: string | null
  readonly createdTime: string
  readonly responsibleId: number
  readonly direction: number
  readonly location: string | null
  readonly description: string
  /** 1 plain, 2 BB-code, 3 HTML. */
  readonly descriptionType: number
  readonly isShortened?: true
  readonly settings: Readonly<Record<string, unknown>> | readonly []
  readonly pingOffsets: readonly number[]
  readonly communications: readonly Communication[]
  readonly files: readonly Attachment[]
  readonly layout?: {
    readonly header: { readonly title: Text }
    readonly body: { readonly blocks?: Blocks }
  }
}

/** A text, or one for each of some languages. */
export type Text = string | Readonly<Record<string, string>>

interface StageShown {
  readonly id: string
  readonly name: string
  readonly semantics: 'S' | 'F' | null
}

export interface FieldChange {
  readonly field: string
  readonly title: string
  readonly from?: unknown
  readonly to?: unknown
  readonly fromText?: string
  readonly toText?: string
  readonly points?: {
    readonly added: readonly string[]
    readonly changed: readonly string[]
    readonly removed: number
  }
}

export interface ChangeData {
  readonly stage?: { readonly from?: StageShown; readonly to?: StageShown }
  readonly pipeline?: { readonly from: { readonly name: string }; readonly to: { readonly name: string } }
  readonly fields?: readonly FieldChange[]
}

export interface ChildData {
  readonly entityTypeId: number
  readonly title: string
}

export interface TimelinePage {
  readonly planned: readonly Entry[]
  readonly pinned: readonly Entry[]
  readonly entries: readonly Entry[]
  readonly next: string | null
  /** Whether letters can leave the portal. */
  readonly mail: boolean
}

export const MEETING = 1
export const CALL = 2
export const TASK = 3
export const EMAIL = 4
export const INCOMING = 1
export const OUTGOING = 2
export const TODO = 'CRM_TODO'
export const CONFIGURABLE = 'CONFIGURABLE_REST_APP'

export const keyOf = ({ source, id }: Entry): string => `${source}:${id}`
export const isComment = (entry: Entry): entry is Entry<CommentData & Record<string, unknown>> =>
  entry.kind === 'comment'
export const isActivity = (entry: Entry): entry is Entry<ActivityData & Record<string, unknown>> =>
  entry.kind === 'activity'
export const isLog = (entry: Entry): entry is Entry<LogData & Record<string, unknown>> => entry.kind === 'log'
export const isChild = (entry: Entry): entry is Entry<ChildData & Record<string, unknown>> => entry.kind === 'child'

/** Which record's timeline it is. */
export interface Owner {
  readonly entityTypeId: number
  readonly id: number
}

/** A record as `crm.item.get` gives it. */
export type Item = Readonly<Record<string, unknown>> & { readonly id: number }

/** Links of files name the portal by the address that others know it by; a page asks where it came from. */
export function ownUrl(url: string): string {
  const { pathname, search } = new URL(url, location.origin)
  return pathname + search
}

/** The texts of an application in the language of the interface, in English, or in the first that there is. */
export const textIn = (text: Text | undefined, language: string): string =>
  text === undefined
    ? ''
    : typeof text === 'string'
      ? text
      : (text[language] ?? text.en ?? Object.values(text)[0] ?? '')

export const fieldNamed = (fields: readonly Field[] | undefined, name: string): Field | undefined =>
  fields?.find((field) => field.name === name)

import { defineEntity, field } from '../../../schema/entity.ts'
import type { Kind } from '../../../schema/kind.ts'
import { comments } from '../../../schema/kinds/comments.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { file } from '../../../schema/kinds/file.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { user } from '../../../schema/kinds/user.ts'

/** A comment, or a message that an application has put into the journal. */
export type ItemKind = 'comment' | 'log'

const author: Kind = { ...user, type: integer.type }
export const attachment: Kind = { ...file, type: { legacy: 'attached_diskfile', item: 'attached_diskfile' } }

const unknown = { legacy: null, undescribed: true, readOnly: true } as const

/**
 * What people and applications put into timelines. Comments and log messages share one table, because bindings, pins
 * and notes name an entry by its number alone (api-reference/crm/timeline/bindings/index.md). What happened to records
 * isn't written here a second time: it is in their history, see read.ts.
 */
export const timelineItem = defineEntity({
  name: 'timelineItem',
  title: 'Timeline record',
  table: 'crm_timeline_item',
  entityTypeId: -30,
  // Comments are announced by their own hooks: log messages have no events.
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    created: field(datetime, 'Date added', { readOnly: true }),
    // Bindings say where an entry stands. On the way in, these are the first.
    entityId: field(integer, 'ID of the element the comment is attached to', {
      required: true,
      immutable: true,
      place: { in: 'nowhere' },
    }),
    entityType: field(string, 'Type of the element the comment is attached to', {
      required: true,
      immutable: true,
      place: { in: 'nowhere' },
    }),
    authorId: field(author, 'Author', { immutable: true }),
    text: field(comments, 'Comment text', { legacy: 'COMMENT' }),
    files: field(attachment, 'File list', { multiple: true }),
    /** Width and height of each of the files, in their order, as JSON: none for what is no picture. */
    sizes: field(text, 'Sizes of pictures', unknown),
    kind: field(string, 'Kind', unknown),
    title: field(string, 'Title', unknown),
    iconCode: field(string, 'Icon', unknown),
    /** The application that wrote it; empty for people and webhooks. */
    application: field(string, 'Application', unknown),
  },
})

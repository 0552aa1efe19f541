import { defineEntity, field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { file } from '../../../schema/kinds/file.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { user } from '../../../schema/kinds/user.ts'

/** What was made of a template for a record, or uploaded for it (api-reference/crm/document-generator/documents/index.md). */
export const document = defineEntity({
  name: 'document',
  title: 'Document',
  table: 'crm_document',
  entityTypeId: -80,
  event: 'ONCRMDOCUMENTGENERATORDOCUMENT',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID'),
    title: field(string, 'Title'),
    number: field(string, 'Number'),
    templateId: field(integer, 'Template', { index: true }),
    fileId: field(file, 'File'),
    imageId: field(file, 'Image'),
    pdfId: field(file, 'PDF'),
    createTime: field(datetime, 'Created'),
    updateTime: field(datetime, 'Changed'),
    /** What the request gave, as JSON. */
    values: field(text, 'Values'),
    createdBy: field(user, 'Created by'),
    updatedBy: field(user, 'Changed by'),
    stampsEnabled: field(flag, 'With stamps'),
    entityId: field(integer, 'Record', { index: true }),
    entityTypeId: field(integer, 'Type of the record'),
    /** The last part of its public address; none where it has no public address. */
    publicCode: field(string, 'Public code', { item: false, index: true }),
    transformError: field(string, 'Why there is no PDF', { item: false }),
  },
})

import { apiError } from '../../methods/errors.ts'
import { FileAnswer, method, need } from '../../methods/method.ts'
import { legacyWire } from '../../schema/wire.ts'
import { person, personIn } from '../person.ts'

/** Profiles are open to everyone, and so are the files in their user fields (user-userfield-file-get.md). */
export const userFieldFile = method({
  name: 'user.userfield.file.get',
  scope: 'user.userfield',
  style: 'legacy',
  batch: false,
  params: { id: need.id, field: need.text, value: need.id },
  async run({ id, field: name, value }, call) {
    const field = legacyWire.find(await personIn(call), name)
    const stored = await call.portal.files.find(call.session, value)
    if (
      stored === undefined ||
      field?.userFieldId === undefined ||
      stored.entityTypeId !== person.entityTypeId ||
      stored.recordId !== id ||
      stored.field !== field.upper
    )
      throw apiError('fileNotFound')
    return new FileAnswer(stored)
  },
})

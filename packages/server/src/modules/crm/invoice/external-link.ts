import { inStyle, legacyStyle } from '../../../methods/errors.ts'
import { method, need } from '../../../methods/method.ts'
import { requireRecord } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import { publicUrl } from '../document/answer.ts'

const CODE_LENGTH = 32

/** The address comes into being when somebody asks for it, and stays (crm-invoice-get-external-link.md). */
export default [
  method({
    name: 'crm.invoice.getexternallink',
    scope: 'crm',
    style: 'legacy',
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        const { portal, session } = call
        const entity = await portal.entities.get(session, 5)
        await requireRecord(call, session, entity, id, 'read')
        const code = await session.transaction(async (tx) => {
          await tx.change(
            sql`update crm_invoice set public_code = ${portal.sources.token(CODE_LENGTH)} where id = ${id} and public_code is null`,
          )
          const [row] = await tx.find<{ public_code: string }>(
            sql`select public_code from crm_invoice where id = ${id}`,
          )
          return row?.public_code ?? null
        })
        return publicUrl(call, code)
      }),
  }),
]

import type { Reader } from '../../../store/store.ts'
import { sql } from '../../../store/sql.ts'

/** The file behind a document's public address: its PDF, or the document itself where there is none. */
export async function publicFile(reader: Reader, code: string): Promise<number | undefined> {
  const [row] = await reader.find<{ file_id: number | null; pdf_id: number | null }>(
    sql`select file_id, pdf_id from crm_document where public_code = ${code}`,
  )
  return row?.pdf_id ?? row?.file_id ?? undefined
}

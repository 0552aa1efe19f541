import type { Table } from '../../store/table.ts'

/** What a person's browser takes to an application, to be exchanged for tokens. Hashes only. */
export const oauthCode: Table = {
  name: 'oauth_code',
  columns: {
    id: 'integer',
    code_hash: 'text',
    application_id: 'integer',
    user_id: 'integer',
    /** Of RFC 7636, method S256; empty: there is none. */
    challenge: 'text',
    expires: 'integer',
  },
  indexes: [{ columns: ['code_hash'], unique: true }, { columns: ['expires'] }, { columns: ['application_id'] }],
}

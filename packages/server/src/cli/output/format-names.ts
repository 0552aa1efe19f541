/** What results may be written as. */
export const formats = ['table', 'json', 'ndjson', 'csv', 'plain'] as const
export type Format = (typeof formats)[number]

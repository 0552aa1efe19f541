/** How the calls of a test itself are told from those of what it tests. */
export const OWN_AGENT = 'portico-testing'

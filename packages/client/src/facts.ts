import { reads, writes } from './facts.gen.ts'
import { looksReading } from './verbs.ts'

/**
 * Whether a call changes nothing and may therefore be repeated. Of the methods that Portico has it is known; of others
 * the last word tells, and where that tells nothing, it is a write.
 */
export function isRead(method: string): boolean {
  const bare = method.replace(/\.(?:json|xml)$/i, '')
  const name = bare.toLowerCase()
  return reads.has(name) || (!writes.has(name) && looksReading(bare))
}

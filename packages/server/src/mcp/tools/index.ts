import type { Tool } from '../tool.ts'
import { callerTools } from './caller.ts'
import { findTools } from './find.ts'
import { readingItemTools } from './items.ts'
import { methodTools } from './methods.ts'
import { typeTools } from './types.ts'
import { writingItemTools } from './write-items.ts'

/** Every tool, in the order in which they are listed: a dozen, so that a model can keep them in mind. */
export const tools: readonly Tool[] = [
  ...callerTools,
  ...typeTools,
  ...findTools,
  ...readingItemTools,
  ...writingItemTools,
  ...methodTools,
]

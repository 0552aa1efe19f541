import type { VectorArea } from './area.ts'

export const document: VectorArea = {}

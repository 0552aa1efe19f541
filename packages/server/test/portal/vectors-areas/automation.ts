import type { VectorArea } from './area.ts'

export const automation: VectorArea = {}

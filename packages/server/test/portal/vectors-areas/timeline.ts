import type { VectorArea } from './area.ts'

export const timeline: VectorArea = {}

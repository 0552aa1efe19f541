import type { VectorArea } from './area.ts'

export const activity: VectorArea = {}

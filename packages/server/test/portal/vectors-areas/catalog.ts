import type { VectorArea } from './area.ts'

export const catalog: VectorArea = {}

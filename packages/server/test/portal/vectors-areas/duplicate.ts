import type { VectorArea } from './area.ts'

export const duplicate: VectorArea = {}

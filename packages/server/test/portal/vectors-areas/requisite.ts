import type { VectorArea } from './area.ts'

export const requisite: VectorArea = {}

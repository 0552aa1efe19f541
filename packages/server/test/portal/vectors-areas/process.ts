import type { VectorArea } from './area.ts'

export const process: VectorArea = {}

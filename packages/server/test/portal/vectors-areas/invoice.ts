import type { VectorArea } from './area.ts'

export const invoice: VectorArea = {}

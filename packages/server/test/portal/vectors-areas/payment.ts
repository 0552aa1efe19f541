import type { VectorArea } from './area.ts'

export const payment: VectorArea = {}

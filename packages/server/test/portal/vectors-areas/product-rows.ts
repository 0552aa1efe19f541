import type { VectorArea } from './area.ts'

export const productRows: VectorArea = {}

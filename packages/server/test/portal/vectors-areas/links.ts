import type { VectorArea } from './area.ts'

export const links: VectorArea = {}

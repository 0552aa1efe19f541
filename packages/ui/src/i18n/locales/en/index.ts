import core from './core.ts'
import more from './more.ts'

/** The texts of the interface by area: each part of the interface has a file of its own, in every language alike. */
export default { ...core, ...more }

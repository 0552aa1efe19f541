/**
 * The one door to the engine of imports, which the command line has too: rows in, parameters out. It is pure, so that
 * it runs here as it does there, and both take the same files for the same records.
 */
export { dateFormat } from '../../../server/src/cli/transfer/engine/dates.ts'
export type { Reading } from '../../../server/src/cli/transfer/engine/cells.ts'
export { pointFields } from '../../../server/src/cli/transfer/engine/contact-points.ts'
export {
  keysOf,
  keysOfRow,
  type Known,
  mergeOf,
  type Rule,
} from '../../../server/src/cli/transfer/engine/duplicates.ts'
export {
  type Facts,
  isStage,
  readCategories,
  readStatuses,
  readUsers,
} from '../../../server/src/cli/transfer/engine/facts.ts'
export {
  type FieldInfo,
  isFile,
  isMultifield,
  linkTarget,
  readFields,
} from '../../../server/src/cli/transfer/engine/field.ts'
export { escapeFormula, unescapeFormula } from '../../../server/src/cli/transfer/engine/formula.ts'
export { type Column, FieldNames } from '../../../server/src/cli/transfer/engine/mapping.ts'
export {
  type Cell,
  readRow,
  type ReadRow,
  type RowFault,
  writeFields,
} from '../../../server/src/cli/transfer/engine/read-row.ts'
export { pointsOfRow } from '../../../server/src/cli/transfer/engine/contact-points.ts'
export { detectDelimiter, detectEncoding } from '../../../server/src/cli/transfer/detect.ts'

import type { Fragment } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Portal } from './context.ts'

/** Something that must hold for the stored data, and how to find where it doesn't. */
export interface Check {
  /** In plain words, e.g. `activities have an owner`. */
  readonly name: string
  /** Selects the offending rows, each as one column `fault` that says which. */
  faults(portal: Portal, reader: Reader): Promise<Fragment> | Fragment
}

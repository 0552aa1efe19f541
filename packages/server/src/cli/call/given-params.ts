import type { Program } from '../command.ts'
import { givenMap, textAssignment, typedAssignment } from './given-values.ts'
import { assign, type Assignment } from './params.ts'

/** The parameters that `--params`, `-F` and `-f` give together. */
export async function paramsOf(
  {
    field,
    rawField,
    params,
  }: { readonly field: readonly string[]; readonly rawField: readonly string[]; readonly params: string | undefined },
  source: Pick<Program, 'cwd' | 'stdin'>,
): Promise<Record<string, unknown>> {
  const base = params === undefined ? {} : await givenMap('--params', params, source)
  const assignments: Assignment[] = []
  for (const each of field) assignments.push(await typedAssignment(each, source))
  for (const each of rawField) assignments.push(await textAssignment('--raw-field', each, source))
  return assign(base, assignments)
}

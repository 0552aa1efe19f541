/** Why a user field can't be made or changed; each family of methods has its own words for it. */
export type UserFieldProblem =
  | 'name-missing'
  | 'name-too-long'
  | 'name-characters'
  | 'type-missing'
  | 'type-unknown'
  | 'taken'
  | 'option-taken'
  | 'setting'
  | 'too-many'

export class UserFieldRefusal extends Error {
  readonly problem: UserFieldProblem
  /** The name, code or reason that belongs into the words. */
  readonly detail: string
  constructor(problem: UserFieldProblem, detail = '') {
    super(`${problem} ${detail}`)
    this.problem = problem
    this.detail = detail
  }
}

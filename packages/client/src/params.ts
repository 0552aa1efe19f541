import type { Params, Row } from './options.ts'
import type { Methods } from './methods.gen.ts'
import type { Ref } from './ref.ts'
import type { Input, ItemOf } from './values.ts'

/** Every method that Portico has. */
export type MethodName = keyof Methods
/** A known name is completed and checked; any other is taken too. */
export type AnyMethod = MethodName | (string & {})

export type ParamsOf<M extends string> = M extends MethodName ? Methods[M]['params'] : Params
export type ResultOf<M extends string> = M extends MethodName ? Methods[M]['result'] : unknown

/** A row of a list: of `result` itself, or of the one list inside of it. */
export type RowOf<M extends string> = M extends MethodName ? RowIn<Methods[M]['result']> : Row
type RowIn<Result> = Result extends readonly (infer Each)[]
  ? Each
  : Result extends object
    ? Result[keyof Result] extends readonly (infer Each)[]
      ? Each
      : Row
    : Row

/** Parameters may be left out where none has to be given. */
export type Rest<P, Options> =
  Record<never, never> extends P ? [params?: P, options?: Options] : [params: P, options?: Options]

/** Parameters in a batch: any value may refer to an earlier result. */
export type Referring<P> = {
  [K in keyof P]: P[K] | Ref | (P[K] extends object | undefined ? { [L in keyof P[K]]: P[K][L] | Ref } : never)
}

/** What is sent of a record: `crm.lead` and the numbers of types know their fields. */
export type FieldsOf<T extends string | number> = T extends number
  ? Input<ItemOf<T>>
  : `${T}.add` extends MethodName
    ? Methods[`${T}.add`]['params'] extends { fields: infer F extends object }
      ? F
      : Params
    : Params

import { type Map, type Params, type ParamValues, argument } from '../../../methods/method.ts'
import { InvalidValue } from '../../../schema/kind.ts'
import { timelineStyle } from './errors.ts'

/** Reads what stands in `fields` as parameters of a call are read: what is missing or of the wrong shape is refused. */
export function readFields<P extends Params>(fields: Map, params: P): ParamValues<P> {
  const values: Record<string, unknown> = {}
  for (const [name, param] of Object.entries(params)) {
    const input = argument(fields, name)
    const expected = param.type === 'any' ? 'text' : param.type
    if (param.required && (input === undefined || input === null || input === ''))
      throw timelineStyle.parameter(name, expected, true)
    try {
      values[name] = param.read(input)
    } catch (cause) {
      if (!(cause instanceof InvalidValue)) throw cause
      throw timelineStyle.parameter(name, expected, false)
    }
  }
  return values as ParamValues<P>
}

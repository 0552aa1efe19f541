import type { Answer, TestPortal } from './portal.ts'

interface As {
  /** A webhook as it stands in the path; the administrator's if nothing is said. */
  readonly as?: string
  readonly token?: string
  readonly key?: string
}

/** What REST 3.0 answers: its errors are objects. */
export interface AnswerV3 extends Omit<Answer, 'body'> {
  readonly body: Omit<Answer['body'], 'error'> & {
    error?: { code: string; message: string; validation?: { field: string; message: string }[] }
  }
}

export const v3Code = (name: string): string => `BITRIX_REST_V3_EXCEPTION_${name}`

/** Calls a method of REST 3.0 with JSON. */
export async function callV3(
  portal: TestPortal,
  method: string,
  body: unknown = {},
  { as = `1/${portal.code}`, token, key }: As = {},
): Promise<AnswerV3> {
  const answer = await portal.send({
    url: token === undefined ? `/rest/api/${as}/${method}` : `/rest/api/${method}`,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  })
  return answer as unknown as AnswerV3
}

/** Calls a method of the versions before with an Idempotency-Key. */
export const callKeyed = (
  portal: TestPortal,
  key: string,
  method: string,
  body: unknown,
  { as = `1/${portal.code}` }: Pick<As, 'as'> = {},
): Promise<Answer> =>
  portal.send({
    url: `/rest/${as}/${method}`,
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })

import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../api/portal.ts'

/** A question of a form: empty labels are those of the field. */
export interface Question {
  readonly name: string
  readonly label: string
  readonly required: boolean
  readonly placeholder: string
  readonly hint: string
}

/** What a form says and does, as `portico.form.get` tells it. */
export interface Definition {
  readonly fields: readonly Question[]
  readonly heading: string
  readonly text: string
  readonly button: string
  readonly consent: string
  readonly consentUrl: string
  readonly success: { readonly heading: string; readonly text: string; readonly url: string }
  readonly design: { readonly colour: string; readonly theme: 'light' | 'dark' | 'auto' }
  readonly language: 'en' | 'de' | 'auto'
  readonly record: {
    readonly title: string
    readonly assignedById: number
    readonly categoryId: number
    readonly stageId: string
    readonly sourceId: string
    readonly reuseClient: boolean
  }
  readonly limits: { readonly perAddress: number; readonly total: number; readonly until: string }
}

export interface WebForm {
  readonly id: number
  readonly title: string
  readonly entityTypeId: number
  readonly active: 'Y' | 'N'
  /** `/form/CODE`: where strangers find it. */
  readonly path: string
  readonly submissions: number
  readonly lastSubmissionTime: string | null
  readonly definition: Definition
}

/** What a form of a type may ask for. */
export interface Askable {
  readonly name: string
  readonly title: string
  readonly input: string
  /** The record can't do without it. */
  readonly required: boolean
}

export const FORMS = ['forms'] as const

export const useForms = (): UseQueryReturnType<readonly WebForm[], Error> =>
  useQuery({
    queryKey: FORMS,
    queryFn: async ({ signal }): Promise<readonly WebForm[]> =>
      (await call<{ forms: WebForm[] }>('portico.form.list', {}, signal)).forms,
  })

export const useAskable = (
  entityTypeId: MaybeRefOrGetter<number | undefined>,
): UseQueryReturnType<readonly Askable[], Error> =>
  useQuery(
    computed(() => ({
      queryKey: ['forms', 'fields', toValue(entityTypeId)],
      enabled: toValue(entityTypeId) !== undefined,
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly Askable[]> =>
        (await call<{ fields: Askable[] }>('portico.form.fields', { entityTypeId: toValue(entityTypeId) }, signal))
          .fields,
    })),
  )

export const addressOf = (form: Pick<WebForm, 'path'>): string => `${location.origin}${form.path}`

/** What is put into the page of another site. */
export const snippetOf = (form: Pick<WebForm, 'path'>): string =>
  `<script async src="${addressOf(form)}/embed.js"><${'/'}script>`

import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue, computed } from 'vue'
import { call } from '../api/portal.ts'

export type Status = 'whole' | 'partial' | 'extension' | 'missing'

/** A method, as `portico.method.list` tells it. */
export interface MethodInShort {
  readonly name: string
  readonly version: 2 | 3
  readonly about: string
  readonly reads: boolean
  readonly scopes: readonly string[]
  readonly status: Status
  readonly deprecated?: boolean
}

export interface Parameter {
  readonly name: string
  readonly type: 'string' | 'integer' | 'boolean' | 'object' | 'array' | 'any' | (string & {})
  readonly required: boolean
  readonly about?: string
}

/** A method, as `portico.method.get` tells it. */
export interface MethodInFull extends Omit<MethodInShort, 'status' | 'deprecated'> {
  readonly params: readonly Parameter[]
  readonly result?: unknown
  readonly example?: { readonly params: Readonly<Record<string, unknown>>; readonly result?: unknown }
  readonly rights: string
  readonly conformance: { readonly status: Status; readonly note?: string }
  readonly page?: string
  readonly deprecated?: { readonly replacement?: string }
  readonly isExisting: boolean
  readonly inBatch: boolean
}

interface Methods {
  readonly methods: readonly MethodInShort[]
  /** What is written here is nobody's loss. */
  readonly isDemo: boolean
}

/** They change with the program only. */
const forGood = { staleTime: Infinity, gcTime: Infinity } as const

export const useMethods = (): UseQueryReturnType<Methods, Error> =>
  useQuery({
    queryKey: ['developer', 'methods'],
    queryFn: ({ signal }) => call<Methods>('portico.method.list', {}, signal),
    ...forGood,
  })

export const useMethod = (
  name: MaybeRefOrGetter<string>,
  version: MaybeRefOrGetter<2 | 3>,
): UseQueryReturnType<MethodInFull, Error> =>
  useQuery({
    queryKey: computed(() => ['developer', 'method', toValue(name), toValue(version)]),
    queryFn: ({ signal }) =>
      call<MethodInFull>('portico.method.get', { name: toValue(name), version: toValue(version) }, signal),
    enabled: computed(() => toValue(name) !== ''),
    ...forGood,
  })

/** How well a method fits to words; 0: it does not. The beginning of a name counts most, then its parts, then what it does. */
function fit({ name, about, status, deprecated }: MethodInShort, words: readonly string[]): number {
  const key = name.toLowerCase()
  const parts = key.split('.')
  const text = about.toLowerCase()
  let sum = 0
  for (const word of words) {
    const own =
      key === word
        ? 100
        : key.startsWith(word)
          ? 40
          : parts.includes(word)
            ? 30
            : parts.some((part) => part.startsWith(word))
              ? 20
              : key.includes(word)
                ? 12
                : new RegExp(`(^|[^a-z])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(text)
                  ? 8
                  : 0
    if (own === 0) return 0
    sum += own
  }
  return sum - (status === 'missing' ? 15 : 0) - (deprecated === true ? 1 : 0) - key.length / 100
}

/** Those that fit, the best first; all of them where nothing is asked. */
export function searched(methods: readonly MethodInShort[], query: string): readonly MethodInShort[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8)
  if (words.length === 0) return methods
  return methods
    .map((method) => ({ method, score: fit(method, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ method }) => method)
}

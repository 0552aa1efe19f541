import type { ComputedRef } from 'vue'
import { setPreference, usePreference } from '../../model/preferences.ts'

const NAME = 'developer.favourites'
const none: readonly string[] = []

/** Names of methods that the person likes to have at hand. */
export const useFavourites = (): ComputedRef<readonly string[]> => usePreference(() => NAME, none)

export const setFavourites = (names: readonly string[]): Promise<void> =>
  setPreference(NAME, names.length === 0 ? null : names)

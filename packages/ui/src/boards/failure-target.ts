/** A place to drop cards that is no stage: which of several failures it is, is asked. */
export const FAILURE = '#failure'

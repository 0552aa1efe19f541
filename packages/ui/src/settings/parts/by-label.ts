/**
 * For the kit's menus with a search in a field with a label: they call themselves "Show popup", which nobody should
 * hear instead of that label.
 */
export const BY_LABEL = { 'aria-label': undefined } as const

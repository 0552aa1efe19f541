/** `Date of birth` → `dateOfBirth`: what the texts call a title (i18n/locales/en/fields.ts). */
export const titleKey = (title: string): string =>
  title
    .replace(/[’']/g, '')
    .toLowerCase()
    .replace(/[^a-z\d]+(.)?/g, (_all, next: string | undefined) => next?.toUpperCase() ?? '')

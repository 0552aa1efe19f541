/** How the API names the types of records in `ENTITY_TYPE`. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'lead',
  2: 'deal',
  3: 'contact',
  4: 'company',
  7: 'quote',
  31: 'smart_invoice',
}

export const typeText = (entityTypeId: number): string => NAMES[entityTypeId] ?? `dynamic_${entityTypeId}`

/** Settings of the portal that a seed may say, beside what they are in the API. */
export const portalSettings: readonly string[] = ['crmMode', 'baseCurrency']

/** With leads or without them (api-reference/crm/crm-settings-mode-get.md). */
export const crmModes = { classic: 1, simple: 2 } as const

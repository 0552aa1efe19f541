/** The pages for developers, in their order; what tells of the whole portal is for administrators. */
export const pages = [
  { id: 'start', path: '/developer/', forAll: true },
  { id: 'console', path: '/developer/console/', forAll: true },
  { id: 'webhooks', path: '/developer/webhooks/', forAll: true },
  { id: 'outbound', path: '/developer/outbound/', forAll: false },
  { id: 'apps', path: '/developer/apps/', forAll: false },
  { id: 'deliveries', path: '/developer/deliveries/', forAll: false },
  { id: 'log', path: '/developer/log/', forAll: false },
] as const

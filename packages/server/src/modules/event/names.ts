const crud = (base: string): string[] => [`${base}ADD`, `${base}UPDATE`, `${base}DELETE`]
const withFields = (base: string): string[] => [...crud(base), ...fieldsOf(base)]
const fieldsOf = (base: string): string[] => [...crud(`${base}USERFIELD`), `${base}USERFIELDSETENUMVALUES`]
const catalogOf = (base: string): string[] => crud('').map((verb) => `CATALOG.${base}.ON.${verb}`)

/** What every application may be told of, whatever its scopes: its own life. */
const common: readonly string[] = [
  'ONAPPUNINSTALL',
  'ONAPPINSTALL',
  'ONAPPUPDATE',
  // These two come from the marketplace and from a question to an administrator, which there are not; installers of
  // applications bind to them all the same.
  'ONAPPPAYMENT',
  'ONAPPMETHODCONFIRM',
  'ONAPPTEST',
  'ONOFFLINEEVENT',
]

/** Every event that a handler can be bound to, by the scope that it takes (api-reference/events/events.md). */
const byScope: Readonly<Record<string, readonly string[]>> = {
  user: ['ONUSERADD'],
  crm: [
    ...crud('ONCRMINVOICE'),
    'ONCRMINVOICESETSTATUS',
    ...withFields('ONCRMLEAD'),
    ...crud('ONCRMDEAL'),
    'ONCRMDEALMOVETOCATEGORY',
    ...fieldsOf('ONCRMDEAL'),
    ...withFields('ONCRMCOMPANY'),
    ...withFields('ONCRMCONTACT'),
    ...withFields('ONCRMQUOTE'),
    ...fieldsOf('ONCRMINVOICE'),
    ...crud('ONCRMCURRENCY'),
    ...crud('ONCRMPRODUCT'),
    ...crud('ONCRMPRODUCTPROPERTY'),
    ...crud('ONCRMPRODUCTSECTION'),
    ...crud('ONCRMACTIVITY'),
    ...withFields('ONCRMREQUISITE'),
    ...crud('ONCRMBANKDETAIL'),
    'ONCRMADDRESSREGISTER',
    'ONCRMADDRESSUNREGISTER',
    ...crud('ONCRMMEASURE'),
    ...crud('ONCRMDEALRECURRING'),
    'ONCRMDEALRECURRINGEXPOSE',
    ...crud('ONCRMINVOICERECURRING'),
    'ONCRMINVOICERECURRINGEXPOSE',
    ...crud('ONCRMTIMELINECOMMENT'),
    'ONCRMTIMELINEITEMACTION',
    ...crud('ONCRMDYNAMICITEM'),
    ...crud('ONCRMTYPE'),
    ...fieldsOf('ONCRMTYPE'),
    ...crud('ONCRMDOCUMENTGENERATORDOCUMENT'),
  ],
  catalog: ['MEASURE', 'PRICE', 'PRICE.TYPE', 'PRODUCT', 'ROUNDING'].flatMap(catalogOf),
}

const scopeOf = new Map<string, string>([
  ...common.map((name) => [name, ''] as const),
  ...Object.entries(byScope).flatMap(([scope, names]) => names.map((name) => [name, scope] as const)),
])

/** Events of one smart process alone: the name of the event, an underscore and the number of the type. */
const ofType = /^(ONCRMDYNAMICITEM(?:ADD|UPDATE|DELETE))_(\d{1,9})$/

/** What handlers of this event are bound to: its name, and that of its smart process. */
export const namesOf = (event: string, entityTypeId: number): readonly string[] =>
  event.startsWith('ONCRMDYNAMICITEM') ? [event, `${event}_${entityTypeId}`] : [event]

/**
 * The scope that an event takes; empty where it takes none, undefined where there is no such event.
 * @param types the numbers of the smart processes that there are
 */
export function scopeOfEvent(name: string, types: Iterable<number>): string | undefined {
  const own = ofType.exec(name)
  if (own === null) return scopeOf.get(name)
  return [...types].includes(Number(own[2])) ? scopeOf.get(own[1] ?? '') : undefined
}

/** Every event, those of each smart process after those of all. `scope`: of that scope; empty: what takes none. */
export function eventNames(types: readonly number[], scope?: string): string[] {
  const crm = types.flatMap((id) => crud('ONCRMDYNAMICITEM').map((name) => `${name}_${id}`))
  const named = (each: string): readonly string[] => [...(byScope[each] ?? []), ...(each === 'crm' ? crm : [])]
  if (scope === undefined) return [...common, ...Object.keys(byScope).flatMap(named)]
  return scope === '' ? [...common] : [...named(scope)]
}

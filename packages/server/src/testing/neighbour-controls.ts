import { need } from '../methods/method.ts'
import { type Control, control } from './control.ts'
import { NEIGHBOUR_DOMAIN, type Neighbour, type Neighbours } from './neighbours.ts'

/** Further portals at the address of this one. */
export const neighbourControls = (neighbours: Neighbours | undefined): Control[] =>
  neighbours === undefined
    ? []
    : [
        control({
          name: 'openPortal',
          about: 'Make another portal at this address, with a state of its own: /p/NAME, or NAME.portico.localhost',
          params: { name: need.text },
          run: async ({ name }) => shown(await neighbours.add(name)),
        }),
        control({
          name: 'closePortal',
          about: 'End a portal that was made so',
          params: { name: need.text },
          run: ({ name }) => neighbours.remove(name),
        }),
        control({
          name: 'portals',
          about: 'Names of the portals that were made so',
          params: {},
          run: () => neighbours.names,
        }),
      ]

/** Its paths begin with `base`, or it is asked for by its `host`; then they are as ever. */
const shown = ({ name, webhook }: Neighbour): object => ({
  name,
  base: `/p/${name}`,
  host: `${name}.${NEIGHBOUR_DOMAIN}`,
  webhook: `/rest/${webhook}/`,
  control: '/_portico',
})

import { method, need } from '../../methods/method.ts'
import { widgetsIn } from '../placement/opening.ts'

/** What applications have put into a place for whoever asks; the page of each is `/placement/<code>/?widget=<id>`. */
export const placementList = method({
  name: 'portico.placement.list',
  scope: null,
  params: { placement: need.text },
  async run({ placement }, call) {
    const widgets = await widgetsIn(call, placement.toUpperCase())
    return { widgets: widgets.map(({ handler, title }) => ({ id: handler.id, title })) }
  },
})

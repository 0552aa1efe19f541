import { delivery, shownOfDelivery } from './delivery.ts'
import { readers } from './rows-of-lists.ts'

/** `crm.item.delivery.{get,list}`: deliveries are made elsewhere (deliveries.ts). */
export default readers('crm.item.delivery', delivery, shownOfDelivery, 'read')

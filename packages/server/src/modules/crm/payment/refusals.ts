import { ApiError, type ErrorStyle, itemStyle } from '../../../methods/errors.ts'

/** Whatever these methods refuse has the code 0, as a number (crm-item-payment-add.md). */
export const refusal = (text: string): ApiError => new ApiError(0, 400, text)

const styled = (style: Partial<ErrorStyle>): ErrorStyle => ({
  ...itemStyle,
  accessDenied: () => refusal('Access denied'),
  rule: refusal,
  invalid: (field, detail) => refusal(`Invalid value for field "${field.name}": ${detail}`),
  ...style,
})

const insufficient = (): ApiError => refusal('Insufficient permissions')

/** What isn't there and what is closed to the caller are refused alike (crm-item-payment-get.md). */
export const closedStyle = styled({ accessDenied: insufficient, notFound: insufficient })

/** Of methods that name a payment to put something into it (crm-item-payment-product-add.md). */
export const paymentStyle = styled({ notFound: () => refusal('Payment has not been found') })

/** Of methods that name what stands in a payment (crm-item-payment-product-delete.md). */
export const lineStyle = styled({ notFound: () => refusal('Payable item has not been found') })

/** "The entity" is the item that a payment is made for (crm-item-payment-add.md). */
export const ownerStyle = (id: number): ErrorStyle =>
  styled({ notFound: () => refusal(`Entity with identifier №${id} does not exist`) })

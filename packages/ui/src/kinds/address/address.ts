/** A custom field's address: `text|lat;lng|id`, of which only the text must be there. */
export interface Address {
  readonly text: string
  /** `52.52;13.405` */
  readonly point: string
  /** The address's number among those of places. */
  readonly id: string
}

export function readAddress(value: unknown): Address {
  const [text = '', point = '', id = ''] = String(value ?? '').split('|')
  return { text, point: /^-?\d+(?:\.\d+)?;-?\d+(?:\.\d+)?$/.test(point) ? point : '', id }
}

/** A text that was changed is no longer what was found on the map. */
export const writeAddress = (text: string, before: Address): string =>
  text === before.text ? [text, before.point, before.id].join('|').replace(/\|+$/, '') : text.replaceAll('|', ' ')

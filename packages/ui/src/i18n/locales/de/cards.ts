import type en from '../en/cards.ts'

export default { cards: {} } satisfies typeof en

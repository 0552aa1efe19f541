import { queries } from '../api/queries.ts'
import type { RecordType } from '../model/record-types.ts'
import type { Board } from './board.ts'
import type { Card } from './card.ts'
import { askTogether } from './reads.ts'

export type Values = Readonly<Record<string, unknown>>
/** What an amount is worth in the portal's own currency. */
export type Worth = (amount: unknown, currencyId: unknown) => number

/** Shows cards in another stage, before anybody has been asked. */
export function shift(board: Board, cards: readonly Card[], to: string, worth: Worth): void {
  const now = new Date().toISOString()
  board.around(
    cards.map(({ id }) => id),
    () => {
      for (const card of cards) {
        board.pending.add(card.id)
        const value = worth(card.opportunity, card.currencyId)
        board.count(card.stageId, -1, value)
        board.count(to, 1, value)
        board.put({ ...card, stageId: to, movedTime: now, updatedTime: now })
      }
    },
  )
}

/** Puts cards back to where they came from. */
export function giveBack(board: Board, cards: readonly Card[], from: string, worth: Worth): void {
  board.around(
    cards.map(({ id }) => id),
    () => {
      for (const card of cards) {
        board.pending.delete(card.id)
        const value = worth(card.opportunity, card.currencyId)
        board.count(from, -1, value)
        board.count(card.stageId, 1, value)
        board.put(card)
      }
    },
  )
}

/** Writes; answers what was refused, by card. */
export async function write(
  board: Board,
  type: RecordType,
  cards: readonly Card[],
  to: string,
  values: ReadonlyMap<number, Values>,
): Promise<Map<number, Error>> {
  const { entityTypeId, stageField } = type
  const refused = new Map<number, Error>()
  const answers = await askTogether<{ item: Card }>(
    cards.map(({ id }) => ({
      method: 'crm.item.update',
      params: { entityTypeId, id, fields: { ...values.get(id), [stageField ?? 'stageId']: to } },
    })),
  ).catch((cause: Error) => cards.map(() => ({ cause })))
  for (const [index, card] of cards.entries()) {
    const answered = answers[index]
    if (answered === undefined) continue
    if (answered.cause !== undefined) {
      refused.set(card.id, answered.cause)
      continue
    }
    board.pending.delete(card.id)
    const { item } = answered.result
    const known = board.card(card.id)
    // A card keeps the fields that it shows; the answer holds all.
    if (known !== undefined) board.put(pick(item, known))
    void queries.invalidateQueries({ queryKey: ['item', entityTypeId, card.id] })
  }
  return refused
}

const pick = (item: Card, like: Card): Card => ({
  ...Object.fromEntries(Object.keys(like).map((name) => [name, Object.hasOwn(item, name) ? item[name] : like[name]])),
  id: item.id,
  stageId: item.stageId,
})

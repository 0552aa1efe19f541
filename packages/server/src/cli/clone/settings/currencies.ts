import { currency, currencyLocalization } from '../../../store/tables.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import { type Outcome, upsert } from '../rows.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import type { Clone, Step } from '../step.ts'
import { flagOf, isRow, numberOf, textOf, textOrNull } from '../values.ts'

const name = 'currencies'

/** Currencies with their rates and the way in which each language writes them. */
export const currencies: Step = {
  name,
  count: async (source) => rowsOf(await source.call('crm.currency.list')).length,
  async run(clone) {
    const { source, state, target } = clone
    if (state.isDone(name)) return
    const rows = rowsOf(await source.call('crm.currency.list'))
    const languages = await localizations(clone, rows)
    await clone.page({ step: name, cursor: '', done: true, caches: ['directories'] }, async ({ tx, count, leave }) => {
      const [base] = await tx.find<{ currency: string }>(sql`select currency from crm_currency where base = 'Y'`)
      for (const row of rows) {
        const code = textOf(row.CURRENCY)
        const known = (await tx.find(sql`select 1 as one from crm_currency where currency = ${code}`)).length > 0
        // Rates hold for the base currency: those of a portal that has had one before are its own.
        if (known && !state.keepsIds) count('same')
        else {
          const isBase = flagOf(row.BASE)
          if (!state.keepsIds && base !== undefined && isBase === 'Y')
            leave('the base currency of this portal stays as it is', code)
          const outcome = await upsert(tx, currency, {
            currency: code,
            base: state.keepsIds ? isBase : 'N',
            amount_cnt: numberOf(row.AMOUNT_CNT) ?? 1,
            amount: textOf(row.AMOUNT) || '1.0000',
            sort: numberOf(row.SORT) ?? 100,
            date_update: parseDateTime(row.DATE_UPDATE, target.portal.zone) ?? state.began,
            current_base_rate: textOf(row.AMOUNT) || '1.0000',
            created_by: 1,
            modified_by: 1,
            date_create: parseDateTime(row.DATE_UPDATE, target.portal.zone) ?? state.began,
          })
          const worded = await writeLanguages(tx, code, languages.get(code) ?? {})
          count(outcome === 'same' && worded ? 'changed' : outcome)
        }
      }
      if (state.keepsIds && state.pass === 1) await removeOthers(tx, rows)
    })
    clone.tick(rows.length)
  },
}

/** How currencies are written, by their code and by language. */
async function localizations({ source }: Clone, rows: readonly Row[]): Promise<Map<string, Row>> {
  const found = await source.batch(
    Object.fromEntries(
      rows.map((row) => [
        textOf(row.CURRENCY),
        { method: 'crm.currency.localizations.get', params: { id: textOf(row.CURRENCY) } },
      ]),
    ),
  )
  return new Map(
    [...found].flatMap(([code, answer]) => (answer instanceof Refused || !isRow(answer) ? [] : [[code, answer]])),
  )
}

/** Answers whether anything was written. */
async function writeLanguages(tx: Transaction, code: string, languages: Row): Promise<boolean> {
  const outcomes: Outcome[] = []
  for (const [lang, local] of Object.entries(languages)) {
    if (!isRow(local) || !/^[a-z]{2}$/.test(lang)) continue
    outcomes.push(
      await upsert(tx, currencyLocalization, {
        currency: code,
        lang,
        full_name: textOf(local.FULL_NAME) || code,
        format_string: textOf(local.FORMAT_STRING) || '#',
        dec_point: textOf(local.DEC_POINT) || '.',
        thousands_variant: textOrNull(local.THOUSANDS_VARIANT),
        thousands_sep: typeof local.THOUSANDS_SEP === 'string' ? local.THOUSANDS_SEP : null,
        decimals: numberOf(local.DECIMALS) ?? 2,
        hide_zero: flagOf(local.HIDE_ZERO),
      }),
    )
  }
  return outcomes.some((outcome) => outcome !== 'same')
}

/** A new portal has currencies of its own, which nobody has used. */
async function removeOthers(tx: Transaction, rows: readonly Row[]): Promise<void> {
  const codes = rows.map((row) => textOf(row.CURRENCY))
  if (codes.length === 0) return
  await tx.change(sql`delete from crm_currency_localization where currency not in (${sql.join(codes)})`)
  await tx.change(sql`delete from crm_currency where currency not in (${sql.join(codes)})`)
}

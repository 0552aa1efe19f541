import type { Component } from 'vue'
import type { Field } from '../model/fields.ts'

/** A record as `crm.item.get` shows it: by field. */
export type Row = Readonly<Record<string, unknown>>

/** What every View takes. */
export interface ViewProps {
  readonly field: Field
  readonly value: unknown
  /** The record that the value is of: an amount has its currency there. */
  readonly row?: Row | undefined
  /** On one line, in a cell or on a card of a board. */
  readonly compact?: boolean
}

/** What every Input takes; it tells `update:modelValue`, and `patch` where it changes other fields along with its own. */
export interface InputProps {
  readonly field: Field
  readonly modelValue: unknown
  readonly row?: Row | undefined
  readonly error?: string | undefined
  readonly autofocus?: boolean
  readonly required?: boolean
}

/** How values of a field are shown, changed, told in plain text and sent. */
export interface Kind {
  readonly View: Component
  readonly Input: Component
  /** The value in words: for titles, comparisons and announcements. */
  text(value: unknown, field: Field, row?: Row): string
  /** The value as `crm.item.*` takes it, where that differs from what it shows; `before` is what was shown. */
  write?(value: unknown, before: unknown, field: Field): unknown
  /** Every line or key is part of the value: Enter does not save. */
  readonly multiline?: true
  /** Its View holds links and buttons of its own. */
  readonly interactive?: true
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isEmpty(value) ? [] : [value]

/** Settings of a custom field; PHP's empty map is a list. */
export const settingsOf = ({ settings }: Pick<Field, 'settings'>): Readonly<Record<string, unknown>> =>
  settings === undefined || Array.isArray(settings) ? {} : (settings as Readonly<Record<string, unknown>>)

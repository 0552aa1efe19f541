/** What is drawn and, told by the same numbers, what stands in the table beside it. */
export interface Figure {
  /** Upright bars, bars across with long names, or a line over time. */
  readonly kind: 'columns' | 'rows' | 'line'
  readonly categories: readonly Category[]
  readonly series: readonly Series[]
  /** One bar on another, where all are parts of a whole. */
  readonly stacked?: boolean
  format(value: number): string
  /** Short, for the axis. */
  axis(value: number): string
}

export interface Category {
  readonly label: string
  /** A colour of its own, as stages have one. */
  readonly colour?: string
}

export interface Series {
  readonly name: string
  readonly colour: Tone
  readonly values: readonly number[]
  /** The list behind each number. */
  readonly links: readonly (string | undefined)[]
  /** What it is compared with. */
  readonly dashed?: boolean
}

export type Tone = 'plain' | 'won' | 'lost' | 'open' | 'before'

const tones: Readonly<Record<'light' | 'dark', Readonly<Record<Tone, string>>>> = {
  light: { plain: '#0b6b44', won: '#0c7a4d', lost: '#c9483f', open: '#5b8fc7', before: '#8b9892' },
  dark: { plain: '#4cc793', won: '#4cc793', lost: '#e8756b', open: '#6fa3dc', before: '#74807a' },
}
export const colourOfTone = (tone: Tone, isDark: boolean): string => tones[isDark ? 'dark' : 'light'][tone]

/** Bars that are drawn; the table has them all. */
export const MOST_ROWS = 10

import { number } from '../../model/format.ts'

/** `1.4 kB` */
export const sizeText = (bytes: number): string =>
  bytes < 1_000
    ? `${number(bytes)} B`
    : bytes < 1_000_000
      ? `${number(bytes / 1_000, 1)} kB`
      : `${number(bytes / 1_000_000, 1)} MB`

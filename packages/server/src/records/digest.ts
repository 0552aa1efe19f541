import { hash } from 'node:crypto'

/** What is stored of a random secret: its SHA-256. Codes and tokens are random, so a slow hash would protect nothing more. */
export const digest = (secret: string): string => hash('sha256', secret)

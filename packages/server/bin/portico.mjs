#!/usr/bin/env node
// The command's name exists as soon as the packages are installed; what it runs is made by `npm start` or `npm run build`.
import { existsSync } from 'node:fs'

const bundle = new URL('../dist/portico.mjs', import.meta.url)
if (existsSync(bundle)) await import(bundle.href)
else {
  process.stderr.write('portico: it is not built yet: run `npm run build` first\n')
  process.exitCode = 1
}

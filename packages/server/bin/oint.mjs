#!/usr/bin/env node
// Stands in for OpenIntegrations' own `oint`, so that scripts which call `oint bitrix24 …` run as they are. It is not
// among the commands that this package installs, because it would shadow the real one: link it where you want it.
process.argv.splice(2, 0, 'oint')
await import('./portico.mjs')

// oxlint-disable max-lines
// Made by scripts/gen/client.mjs: run `npm run gen` after a change of methods or entities.
export const version = '0.1.0'

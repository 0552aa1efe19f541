// TypeScript types as text, from JSON Schemas and from documented examples.

/** @param {string} name @returns {string} the name of a property, in quotes where it needs them */
export const keyText = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll("'", "\\'")}'`)

/** @param {string} text @param {string} indent @returns {string} a doc comment, or nothing for no text */
export const docText = (text, indent = '  ') =>
  text === '' ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim()} */\n`

const simple = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }

/**
 * @param {object} schema a JSON Schema as the OpenAPI documents have them
 * @param {string} multifield the type of a phone or an e-mail address
 */
export function schemaText(schema, multifield) {
  if (schema.$ref !== undefined) return schema.$ref.endsWith('/Multifield') ? multifield : 'Fields'
  if (schema.allOf !== undefined) return schema.allOf[0].$ref.endsWith('/File') ? 'FileValue' : 'unknown'
  if (schema.enum !== undefined) return schema.enum.map((each) => (each === null ? 'null' : `'${each}'`)).join(' | ')
  const types = [schema.type].flat()
  return types
    .map((type) => {
      if (type === 'array') return `${listText(schemaText(schema.items ?? {}, multifield))}`
      if (type === 'object') return 'Fields'
      return simple[type] ?? 'unknown'
    })
    .join(' | ')
}

const listText = (each) => (/[|&]/.test(each) ? `(${each})[]` : `${each}[]`)

const MOST_KEYS = 60

/**
 * The type of a documented result. One example cannot tell everything: every key may be missing, and others may be
 * there.
 *
 * @param deepest below it, maps are only maps
 */
export function exampleText(value, deepest, depth = 0) {
  if (value === null || value === undefined) return depth === 0 ? 'null' : 'unknown'
  if (Array.isArray(value)) {
    const objects = value.filter((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
    if (objects.length > 0 && objects.length === value.length)
      return listText(exampleText(merged(objects), deepest, depth + 1))
    const texts = [...new Set(value.map((each) => exampleText(each, deepest, depth + 1)))]
    return texts.length === 1 ? listText(texts[0]) : 'unknown[]'
  }
  if (typeof value !== 'object') return value === '' ? 'unknown' : typeof value
  const entries = Object.entries(value)
  if (depth >= deepest || entries.length === 0 || entries.length > MOST_KEYS) return 'Fields'
  // Keys that are ids or codes are no names of properties.
  if (entries.every(([key]) => /^\d+$|^UF_/.test(key))) return 'Fields'
  const [[first, inside]] = entries
  // Where an answer wraps what it is about, the wrapper is always there.
  if (depth === 0 && entries.length === 1 && /^[a-z]/.test(first) && typeof inside === 'object')
    return `{ ${keyText(first)}: ${exampleText(inside, deepest, 1)} }`
  const inner = entries.map(([key, each]) => `${keyText(key)}?: ${exampleText(each, deepest, depth + 1)}`)
  return `{ ${inner.join('; ')}; [key: string]: unknown }`
}

/** What several rows have in common is what any of them has; a value that is there says more than null. */
function merged(objects) {
  const all = {}
  const unclear = new Set()
  for (const object of objects)
    for (const [key, value] of Object.entries(object)) {
      if (all[key] === undefined || all[key] === null || all[key] === '') all[key] = value
      else if (value !== null && value !== '' && kindOf(value) !== kindOf(all[key])) unclear.add(key)
    }
  for (const key of unclear) all[key] = null
  return all
}

const kindOf = (value) => (Array.isArray(value) ? 'list' : typeof value)

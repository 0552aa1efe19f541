const VERBS = new Set(
  'access admin children count countries current fields find findbycomm info items list my name profile search status statuslist tail time types'.split(
    ' ',
  ),
)
const NAMES = new Set(['events', 'methods', 'profile', 'scope'])

/** Whether a method's name says that it changes nothing: a last word that says nothing of it belongs to a write. */
export function looksReading(method: string): boolean {
  const name = method.toLowerCase()
  if (!name.includes('.')) return NAMES.has(name)
  const verb = name.slice(name.lastIndexOf('.') + 1)
  return (
    VERBS.has(verb) ||
    // A public link is made by whoever asks for it first.
    (verb.startsWith('get') && !verb.endsWith('externallink')) ||
    /^(?:is|has|list|search|count|find)[A-Z]/.test(verbIn(method)) ||
    /[a-z]List$/.test(verbIn(method))
  )
}

const verbIn = (method: string): string => method.slice(method.lastIndexOf('.') + 1)

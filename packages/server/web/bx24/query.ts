/** A pair of a form: its name with brackets, and its text. */
type Pair = readonly [string, string]

/** A file as methods take it: its name and its content in base64. */
function readFile(file: File): Promise<readonly [string, string]> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file could not be read')))
    reader.addEventListener('load', () => {
      const text = String(reader.result)
      resolve([file.name, text.slice(text.indexOf(',') + 1)])
    })
    reader.readAsDataURL(file)
  })
}

/**
 * References to fields of forms become what stands in them; files become their names and contents
 * (sdk/bx24-js-sdk/how-to-call-rest-methods/bx24-call-method.md).
 */
export async function resolveFields(value: unknown): Promise<unknown> {
  if (value instanceof HTMLInputElement && value.type === 'file') {
    const files = await Promise.all([...(value.files ?? [])].map(readFile))
    return value.multiple ? files : (files[0] ?? '')
  }
  if (value instanceof HTMLInputElement && (value.type === 'checkbox' || value.type === 'radio'))
    return value.checked ? value.value : ''
  if (value instanceof HTMLSelectElement && value.multiple)
    return [...value.selectedOptions].map((option) => option.value)
  if (
    value instanceof HTMLInputElement ||
    value instanceof HTMLSelectElement ||
    value instanceof HTMLTextAreaElement ||
    value instanceof HTMLButtonElement
  )
    return value.value
  if (value instanceof Blob) return readFile(value instanceof File ? value : new File([value], 'file'))
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Promise.all(value.map(resolveFields))
  const entries = Object.entries(value).map(async ([key, each]) => [key, await resolveFields(each)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

function pairs(name: string, value: unknown): Pair[] {
  if (value === undefined || typeof value === 'function') return []
  if (value === null) return [[name, '']]
  if (value instanceof Date) return [[name, value.toISOString()]]
  // PHP's forms know no booleans.
  if (typeof value === 'boolean') return [[name, value ? '1' : '0']]
  if (typeof value !== 'object') return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, each]) => pairs(name === '' ? key : `${name}[${key}]`, each))
}

/** Nested values as a form: `fields[PHONE][0][VALUE]=…`. */
export const formOf = (values: object): string =>
  pairs('', values)
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
    .join('&')

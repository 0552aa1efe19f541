/** What one request carries, with the third that base64 adds: 20 MB are the server's preset. */
export const MAX_BYTES = 14_000_000

const encode = (file: File): Promise<readonly [name: string, base64: string]> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve([file.name, String(reader.result).replace(/^[^,]*,/, '')]))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file could not be read')))
    reader.readAsDataURL(file)
  })

/** Files as the API takes them: `[name, base64]`. */
export const encodeFiles = (files: readonly File[]): Promise<(readonly [string, string])[]> =>
  Promise.all(files.map(encode))

export const sizeOf = (files: readonly File[]): number => files.reduce((sum, { size }) => sum + size, 0)

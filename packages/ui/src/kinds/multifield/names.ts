/** What a kind of phone, e-mail or messenger is called; codes that an integration has made up stand as they are. */
export function pointTypeName(t: (key: string) => string, te: (key: string) => boolean, code: string): string {
  const key = `kinds.pointType.${code}`
  return te(key) ? t(key) : code
}

/** Why an address can't be a link for strangers; undefined if it can. */
export function urlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'a whole address is expected, such as https://example.com/thanks'
  return /^https?:$/.test(new URL(text).protocol) ? undefined : 'it must begin with https:// or http://'
}

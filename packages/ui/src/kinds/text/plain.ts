/** What is read of a text with markup: comments of records hold BB-code, older ones HTML. Never shown as markup. */
export const plainText = (value: unknown): string =>
  String(value ?? '')
    .replace(/<br\s*\/?>|<\/p>|<\/div>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\[\/?(?:b|i|u|s|url|color|size|font|list|\*|p|quote|code|img|user|table|tr|td)(?:=[^\]]*)?\]/gi, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

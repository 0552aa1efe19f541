/** Cyrillic letters in Latin ones, as symbolic codes are made of names. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а=a б=b в=v г=g д=d е=e ё=ye ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ß=ss ø=o đ=d ł=l æ=ae œ=oe'
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
)

/** The longest code that is made (api-reference/crm/outdated/products/crm-product-add.md). */
const MAX = 100

/** A symbolic code from a name: `Plastic Chair` → `plastic_chair`. Empty where the name has no letter known here. */
export function codeOf(name: string): string {
  const letters = [...name.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('')
  return letters
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX)
    .replace(/^_+|_+$/g, '')
}

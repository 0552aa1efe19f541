/** Characters of a password that is taken. */
export const [SHORTEST, LONGEST] = [8, 256] as const

/**
 * What guessers try first, of eight characters and more: digits at the end are cut off before the comparison, so that
 * `password` stands for `Password123` too.
 */
const COMMON = new Set(
  `password passw0rd p@ssword p@ssw0rd pass1word mypassword thepassword passwort kennwort contraseña motdepasse
  qwertyui qwertyuiop qwerty123 qwertyqwerty qwertz qwertzui qwertzuiop azertyui azertyuiop asdfghjk asdfghjkl asdfasdf
  zxcvbnm zxcvbnm, 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qazwsxedc zaq12wsx q1w2e3r4 iloveyou ilovegod letmein letmeinnow
  trustno1 welcome welcome1 welcomehome sunshine princess football baseball basketball superman batman starwars
  pokemon dragon monkey shadow master michael jennifer jordan23 whatever computer internet administrator admin admin1
  administrador changeme changeit default secret secret1 portico bitrix bitrix24 company business corporate
  abcdefgh abcdefghi abcd1234 abc12345 a1b2c3d4 aa123456 test1234 testtest tester guest guestguest user userpass
  root rootroot toor login loginlogin access access14 hello hellohello helloworld samsung iphone google facebook
  liverpool chelsea arsenal barcelona realmadrid juventus summer winter spring autumn january february september
  october november december monday friday freedom cheese chocolate butterfly pepper ginger charlie matrix killer
  qweasdzxc qwe12345 123qweasd 1q2w3e 12qwaszx 147258369 159753 987654321 123456789 12345678 87654321 11223344
  112233445566 123123123 12341234 123321123 01234567 0123456789 1029384756 88888888 00000000 11111111`.split(/\s+/),
)

/** One character again and again, or a run of neighbours such as `23456789` or `fedcba98`. */
function isRun(text: string): boolean {
  const codes = [...text].map((each) => each.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)))
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1
}

/**
 * Why a password is not taken, in words for whoever chose it; undefined if it is.
 * @param own what others know of the person: the address, the login, names
 */
export function passwordRefusal(
  password: string,
  own: readonly (string | null | undefined)[] = [],
): string | undefined {
  const { length } = [...password.normalize('NFC')]
  if (length < SHORTEST) return `Choose a password of at least ${SHORTEST} characters.`
  if (length > LONGEST) return `Choose a password of at most ${LONGEST} characters.`
  const small = password.normalize('NFC').toLowerCase().trim()
  const known = own.flatMap((each) => (each ? [each.toLowerCase(), ...each.toLowerCase().split('@').slice(0, 1)] : []))
  const bare = small.replace(/[\d\s!.?*#$_-]+$/, '')
  if (known.some((each) => each.length > 2 && (each === small || each === bare)))
    return 'Choose a password that is not your own name or address.'
  if (COMMON.has(small) || COMMON.has(bare) || isRun(small))
    return 'This password is among those that are guessed first. Choose another one.'
  return undefined
}

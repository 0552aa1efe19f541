/** Pages that applications may open (sdk/bx24-js-sdk/additional-functions/bx24-open-path.md). */
const OPEN =
  /^\/(crm\/(deal|lead|contact|company|type)|marketplace|company\/personal\/user\/\d+|workgroups\/group\/\d+)(\/|$)/

/** Widths that SDKs wish for by the beginning of the path: each leads through a page of that width, and out of it. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/^\/crm\/type\/0\/details\/0\/\.\.\//, 1640],
  [/^\/company\/personal\/user\/0\/groups\/create\/\.\.\//, 1200],
  [/^\/crm\/company\/requisite\/0\/\.\.\//, 950],
  [/^\/workgroups\/group\/0\/card\/\.\.\//, 900],
]

export interface OwnPath {
  /** Normalised, with its query. */
  readonly path: string
  /** Pixels that the slider should have; undefined: as wide as it can be. */
  readonly width: number | undefined
}

/**
 * A path of the portal that an application may open. As SDKs reach other pages of the portal through `..`, the
 * beginning of the path as it was written decides; the page itself must be of the same origin all the same.
 * Undefined for what may not be opened.
 */
export function ownPath(path: unknown, origin: string): OwnPath | undefined {
  // Browsers read backslashes as slashes, and drop tabs and line ends.
  if (typeof path !== 'string' || path.length > 4000 || /[\\\u0000-\u001f\u007f]/.test(path)) return undefined
  if (!OPEN.test(path) || !URL.canParse(path, origin)) return undefined
  const url = new URL(path, origin)
  if (url.origin !== origin || url.pathname.startsWith('//')) return undefined
  // What answers data, or changes who is signed in, is no page.
  if (/^\/(rest|oauth|frame|api|logout)(\/|$)/i.test(url.pathname)) return undefined
  url.searchParams.set('IFRAME', 'Y')
  url.searchParams.set('IFRAME_TYPE', 'SIDE_SLIDER')
  return { path: `${url.pathname}${url.search}`, width: WIDTHS.find(([begin]) => begin.test(path))?.[1] }
}

import { type Declared, upperOf } from './field-classes.ts'

/** Words that texts of errors are made of: whatever else stands in one may be somebody's. */
const WORDS: ReadonlySet<string> = new Set(
  `a able about access account action active activity add added address admin administrator after all allowed already an
  and any application are argument array as at authorization authorize available bad batch be been before belongs between
  body boolean but by call called can cannot cant card catalog category change changed characters check client code command
  company complete condition connection contact contain contains content core could create created creation credentials
  crm currency data date deal default defined delete deleted deny denied description different disabled display does done
  duplicate element email empty enabled entity enumeration error event exceed exceeded exist existing exists expected
  expired external failed false field fields file files filled filter find first for format found from given greater group
  handle handler has have higher id identifier ids in incorrect insufficient integer internal invalid invoice is item items
  iterable its json key language large later lead least length less limit limited link list locked long longer loaded
  malformed many map max maximum measure message method min minimum missing module more most moved multiple must name
  negative new no not null number numeric object obsolete occurred of off only operation operator option or order other out
  owner page parameter parameters parse parent passed path payload payment per period permission permissions permitted
  person phone pipeline placement please portal positive possible preset price privileges process product property provided
  query quote range rate read received record records reference relation remove removed request requested require required
  requires requisite resource response result return right rights role row rows rule scope section select sent server
  session set settings short should site size smart sort specified stage state status still string supported system tax
  temporarily terminated text than that the there this time title to token too type types unable unauthorized unexpected
  unique unknown unsupported update updated url usage use used user users valid validation value values version was webhook
  what when which while with within without write wrong yes you your zero`.split(/\s+/),
)

/**
 * The text of an error with the words that every API uses, with names of fields and methods, codes and ids; anything
 * else in it becomes `…`, as it may quote what somebody has typed.
 */
export function maskErrorText(text: string, declared: Declared): string {
  const short = text.length > 2_000 ? text.slice(0, 2_000) : text
  return short
    .replace(/[^\s"'`«»„“”‘’(){}[\]<>,;:!?/\\|]+/g, (word) => maskWord(word, declared))
    .replace(/…(\s*…)+/g, '…')
}

function maskWord(word: string, declared: Declared): string {
  const [, bare = '', end = ''] = /^(.*?)([.…]*)$/s.exec(word) ?? []
  if (bare === '' || WORDS.has(bare.toLowerCase())) return word
  if (/^-?\d{1,6}$/.test(bare) || /^[-–—=+*#&%$@^~_]+$/.test(bare)) return word
  const isName = /^[A-Za-z][\w]{1,60}$/.test(bare) && !/\d{7}/.test(bare)
  // `ASSIGNED_BY_ID`, `assignedById`; of one word alone, only what we know for a field.
  if (isName && (/_/.test(bare) ? /^[A-Z\d_]+$/.test(bare) : declared.has(upperOf(bare)))) return word
  if (
    /^(crm|user|department|event|batch|catalog|bizproc|userfieldconfig|sale|main|app|placement)(\.[a-z]+){1,4}$/i.test(
      bare,
    )
  )
    return word
  return `…${end}`
}

import { inputName, type Question } from '../../modules/webform/answers.ts'
import type { FormDefinition } from '../../modules/webform/definition.ts'
import { type FormLanguage, type FormWord, words } from '../../modules/webform/words.ts'
import type { Tree } from '../../schema/tree.ts'
import { iconPath } from './art.ts'
import { type Html, html, type Part } from './html.ts'

export interface FormPage {
  readonly code: string
  readonly title: string
  readonly definition: FormDefinition
  readonly questions: readonly Question[]
  readonly language: FormLanguage
  /** Inside of another page. */
  readonly embedded: boolean
  /** Whoever builds it looks at it. */
  readonly preview: boolean
  /** What the page carries along: when it was made, and the query that it was opened with. */
  readonly token: string
  readonly carried: Readonly<Record<string, string>>
  /** What was sent before, and what is wrong with it. */
  readonly values?: Tree
  readonly said?: FormWord
  readonly faults?: ReadonlyMap<string, FormWord>
  /** Changes with the form, so that browsers may keep its style. */
  readonly version: string
  readonly script: string
}

type Frame = Pick<FormPage, 'code' | 'title' | 'language' | 'embedded' | 'version' | 'script'>

export const formShell = (
  { code, title, language, embedded, version, script }: Frame,
  body: Part,
  head: Part = '',
): Html =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${head}
        <title>${title}</title>
        <link rel="icon" type="image/svg+xml" href="${iconPath}" />
        <link rel="stylesheet" href="/form/${code}/style.css?${version}" />
        <script src="${script}" defer></script>
      </head>
      <body class="${embedded ? 'embedded' : ''}" data-form="${code}">
        <main>${body}</main>
      </body>
    </html> `

/** Text of several lines, as somebody has written it. */
const lines = (text: string): Part[] =>
  text.split('\n').map((line, index) => (index === 0 ? line : html`<br />${line}`))

/** The form, and what is wrong with what was sent. It needs no script. */
export function formPage(page: FormPage): Html {
  const {
    code,
    definition,
    questions,
    language,
    embedded,
    preview,
    values = {},
    said,
    faults = new Map<string, FormWord>(),
  } = page
  const say = words[language]
  const carried = { ...page.carried, page: page.token, ...(embedded ? { embed: '1' } : {}) }
  return formShell(
    page,
    html`<div class="sheet">
      ${preview && html`<p class="preview">${say.preview}</p>`}
      ${(definition.heading || page.title) && html`<h1>${definition.heading || page.title}</h1>`}
      ${definition.text !== '' && html`<p class="soft">${lines(definition.text)}</p>`}
      ${said !== undefined && html`<p class="note" role="alert">${say[said]}</p>`}
      <form method="post" action="/form/${code}" enctype="multipart/form-data" novalidate>
        ${Object.entries(carried).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        ${questions.map((question) => questionOf(question, { language, given: values[inputName(question.name)], fault: faults.get(question.name) }))}
        ${definition.consent !== '' && consentOf(page, faults.get('consent'), values.consent === 'Y')}
        <div class="trap" aria-hidden="true">
          <label for="homepage_of_yours">${say.trap}</label>
          <input id="homepage_of_yours" name="homepage_of_yours" tabindex="-1" autocomplete="off" />
        </div>
        <div><button>${definition.button || say.send}</button></div>
      </form>
    </div>`,
  )
}

function consentOf({ definition, language }: FormPage, fault: FormWord | undefined, ticked: boolean): Html {
  const say = words[language]
  return html`<div class="field">
    <div class="check">
      <input
        type="checkbox"
        id="consent"
        name="consent"
        value="Y"
        required${ticked && html` checked`}${fault !== undefined && html` aria-invalid="true" aria-describedby="consent-note"`}
      />
      <label for="consent"
        >${lines(definition.consent)}${
          definition.consentUrl !== '' &&
          html` <a href="${definition.consentUrl}" target="_blank" rel="noopener noreferrer">${say.readMore}</a>`
        }</label
      >
    </div>
    ${fault !== undefined && html`<p class="wrong" id="consent-note">${say[fault]}</p>`}
  </div>`
}

interface Asked {
  readonly language: FormLanguage
  readonly given: unknown
  readonly fault: FormWord | undefined
}

const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: 'given-name',
  lastName: 'family-name',
  phone: 'tel',
  email: 'email',
  companyTitle: 'organization',
  post: 'organization-title',
  address: 'street-address',
}

function questionOf(question: Question, { language, given, fault }: Asked): Html {
  const { name, label, hint, required, input } = question
  const say = words[language]
  const id = inputName(name)
  const noted = fault !== undefined || hint !== ''
  const state = html`${required && html` required`}${fault !== undefined && html` aria-invalid="true"`}${noted && html` aria-describedby="${id}-note"`}`
  const note =
    noted &&
    html`<p class="${fault === undefined ? 'soft small' : 'wrong'}" id="${id}-note">
      ${fault === undefined ? hint : say[fault]}
    </p>`
  if (input === 'checkbox')
    return html`<div class="field">
      <div class="check">
        <input type="checkbox" id="${id}" name="${id}" value="Y" ${given === 'Y' && html` checked`}${state} />
        <label for="${id}">${label}</label>
      </div>
      ${note}
    </div>`
  return html`<div class="field">
    <label for="${id}">${label}${!required && html` <span class="soft">(${say.optional})</span>`}</label>
    ${control(question, { id, state, given, say })} ${note}
  </div>`
}

function control(
  { name, input, multiple, options = [], placeholder }: Question,
  { id, state, given, say }: { id: string; state: Html; given: unknown; say: (typeof words)[FormLanguage] },
): Html {
  const value = typeof given === 'string' ? given : ''
  if (input === 'textarea')
    return html`<textarea id="${id}" name="${id}" rows="4" placeholder="${placeholder}" ${state}>${value}</textarea>`
  if (input === 'select') {
    const chosen = new Set(Array.isArray(given) ? given : [value])
    return html`<select id="${id}" name="${multiple ? `${id}[]` : id}" ${multiple && html` multiple`}${state}>
      ${!multiple && html`<option value="">${placeholder || say.choose}</option>`}
      ${options.map((option) => html`<option value="${option.value}" ${chosen.has(option.value) && html` selected`}>${option.title}</option>`)}
    </select>`
  }
  if (input === 'file')
    return html`<input
      type="file"
      id="${id}"
      name="${multiple ? `${id}[]` : id}"
      ${multiple && html` multiple`}${state}
    />`
  const type = input === 'datetime' ? 'datetime-local' : input === 'number' ? 'text' : input
  const complete = AUTOCOMPLETE[name.replace(/^contact\./, '')] ?? 'on'
  return html`<input
    id="${id}"
    name="${id}"
    type="${type}"
    value="${value}"
    placeholder="${placeholder}"
    autocomplete="${complete}"
    ${input === 'number' && html` inputmode="decimal"`}${state}
  />`
}

/** After it was sent. A foreign page is led to by the reader's own click or after a moment. */
export function thanksPage(page: Frame & Pick<FormPage, 'definition'>): Html {
  const say = words[page.language]
  const { heading, text, url } = page.definition.success
  return formShell(
    page,
    html`<div class="sheet thanks" role="status">
      <span class="tick" aria-hidden="true">✓</span>
      <h1>${heading || say.thanks}</h1>
      <p class="soft">${lines(text || say.thanksText)}</p>
      ${url !== '' && html`<a class="button" href="${url}" target="_top">${say.onward}</a>`}
    </div>`,
    url !== '' && !page.embedded ? html`<meta http-equiv="refresh" content="3;url=${url}" />` : '',
  )
}

/** Why there is no form to fill in. */
export const closedPage = (page: Frame, why: 'closed' | 'missing' | 'often' | 'failed'): Html => {
  const say = words[page.language]
  const [title, more] = {
    closed: [say.closed, say.closedText],
    missing: [say.missing, say.missingText],
    often: [say.often, ''],
    failed: [say.failed, ''],
  }[why]
  return formShell(
    page,
    html`<div class="sheet thanks" role="status">
      <h1>${title}</h1>
      <p class="soft">${more}</p>
    </div>`,
  )
}

/** What a form's page does beside being one: it tells the page around it how high it is, and is sent once. */
const code = document.body.dataset.form ?? ''
const isEmbedded = parent !== window

/** Any site may hold a form: nothing but its height is told. */
const tell = (message: object): void => parent.postMessage({ porticoForm: code, ...message }, '*')

if (isEmbedded) {
  const main = document.querySelector('main')
  const height = (): void => tell({ height: (main?.getBoundingClientRect().height ?? 0) + 2 })
  if (main !== null) new ResizeObserver(height).observe(main)
  if (document.querySelector('.thanks .tick') !== null) tell({ sent: true })
}

document.querySelector('form')?.addEventListener('submit', (event) => {
  const button = (event.currentTarget as HTMLFormElement).querySelector('button')
  if (button === null) return
  if (button.getAttribute('aria-disabled') === 'true') event.preventDefault()
  button.setAttribute('aria-disabled', 'true')
})
// Back in the browser's history shows the page as it was left.
addEventListener('pageshow', () => document.querySelector('form button')?.removeAttribute('aria-disabled'))
document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()

/** `<script src="https://portal/form/CODE/embed.js" async></script>` puts the form where it stands, as high as it is. */
const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  const from = new URL(script.src)
  const code = from.pathname.split('/')[2] ?? ''
  const frame = document.createElement('iframe')
  const address = new URL(`/form/${code}`, from)
  address.searchParams.set('embed', '1')
  // Where the visitor has come from is known to this page only.
  for (const [name, value] of new URLSearchParams(location.search))
    if (/^utm_(?:source|medium|campaign|content|term)$/.test(name)) address.searchParams.set(name, value.slice(0, 255))
  frame.src = address.href
  frame.title = script.dataset.title ?? document.title
  frame.style.cssText = 'display:block;width:100%;border:0;height:480px;background:transparent;color-scheme:normal'
  frame.loading = 'lazy'
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || origin !== from.origin || typeof data !== 'object' || data === null) return
    const { porticoForm, height, sent } = data as { porticoForm?: unknown; height?: unknown; sent?: unknown }
    if (porticoForm !== code) return
    if (typeof height === 'number' && height > 0 && height < 20_000) frame.style.height = `${Math.ceil(height)}px`
    // For the site's own statistics.
    if (sent === true) script.dispatchEvent(new CustomEvent('portico:sent', { bubbles: true }))
  })
  script.after(frame)
}

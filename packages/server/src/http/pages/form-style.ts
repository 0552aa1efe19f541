import type { FormDefinition } from '../../modules/webform/definition.ts'

const STYLE = `
:root{--ground:light-dark(#f4f6f5,#0f1513);--card:light-dark(#fff,#171f1c);--line:light-dark(#8b9892,#66756f);
--text:light-dark(#17211d,#e8efec);--soft:light-dark(#55635d,#a3b1ab);--bad:light-dark(#b3261e,#ff9d94);--bad-ground:light-dark(#fdf1f0,#2b1817)}
*,*::before,*::after{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:400 1rem/1.5 Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
body.embedded{background:transparent}
main{width:100%;max-width:36rem;margin:0 auto;padding:clamp(1rem,5vw,3rem) 1rem}
.embedded main{max-width:none;padding:0}
.sheet{background:var(--card);border-radius:1rem;padding:clamp(1.25rem,4vw,2rem);display:grid;gap:1.25rem;box-shadow:0 1px 2px rgb(16 36 28/.06),0 8px 28px rgb(16 36 28/.07)}
.embedded .sheet{box-shadow:none}
h1,p,fieldset,legend{margin:0;padding:0;border:0}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;overflow-wrap:anywhere}
p{overflow-wrap:anywhere}.soft{color:var(--soft)}.small{font-size:.875rem}
form{display:grid;gap:1.125rem}
.field{display:grid;gap:.375rem;min-width:0}
label,legend{font-weight:560;font-size:.9375rem;overflow-wrap:anywhere}
label .soft{font-weight:400}
input:not([type=checkbox]),select,textarea{width:100%;min-height:2.875rem;padding:.55rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.625rem}
textarea{min-height:6.5rem;resize:vertical}select[multiple]{min-height:7rem}
input[type=file]{padding:.5rem}
input[type=checkbox]{width:1.25rem;height:1.25rem;margin:.125rem 0 0;accent-color:var(--accent);flex:none}
.check{display:flex;gap:.65rem;align-items:flex-start}.check label{font-weight:400}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:inherit;text-underline-offset:.18em}
[aria-invalid=true]{border-color:var(--bad)!important;outline-color:var(--bad)}
.wrong{color:var(--bad);font-size:.875rem}
.note{padding:.7rem .9rem;border-radius:.625rem;background:var(--bad-ground);color:var(--bad)}
.preview{padding:.5rem .9rem;border-radius:.625rem;border:1px dashed var(--line);color:var(--soft);font-size:.875rem}
button,.button{appearance:none;min-height:2.875rem;padding:.55rem 1.4rem;font:inherit;font-weight:600;border:0;border-radius:.625rem;background:var(--accent);color:var(--ink);cursor:pointer;text-decoration:none;display:inline-flex;align-items:center;justify-content:center}
button:hover,.button:hover{filter:brightness(.94)}button[aria-disabled=true]{opacity:.6;cursor:progress}
.trap{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}
.thanks{text-align:center;justify-items:center}.tick{width:3rem;height:3rem;border-radius:50%;background:var(--accent);color:var(--ink);display:grid;place-items:center;font-size:1.5rem}
`

/** Black or white, whichever can be read better on the form's colour. */
function inkOn(colour: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.1791 ? '#101815' : '#fff'
}

/** A form's style: the colours are its builder's. */
export const formStyle = ({ colour, theme }: FormDefinition['design']): string =>
  `:root{color-scheme:${theme === 'auto' ? 'light dark' : theme};--accent:${colour};--ink:${inkOn(colour)}}${STYLE}`

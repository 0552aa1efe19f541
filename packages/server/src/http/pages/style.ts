import { hash } from 'node:crypto'

const light = `
--ground:#f4f6f5;--card:#fff;--line:#dfe5e2;--field:#fff;--field-line:#8b9892;--text:#17211d;--soft:#55635d;
--green:#0c7a4d;--green-deep:#09633e;--on-green:#fff;--link:#0b6b45;--focus:#0c7a4d;
--bad:#b3261e;--bad-ground:#fdf1f0;--bad-line:#f0c9c6;--good:#0b6b45;--good-ground:#eef8f3;--good-line:#bfe3d1;
--chip:#eef2f0;--shadow:0 1px 2px rgb(16 36 28/.06),0 8px 28px rgb(16 36 28/.07)`
const dark = `
--ground:#0f1513;--card:#171f1c;--line:#2a3531;--field:#111815;--field-line:#66756f;--text:#e8efec;--soft:#a3b1ab;
--green:#35c98a;--green-deep:#53d89e;--on-green:#04231a;--link:#5fd8a4;--focus:#5fd8a4;
--bad:#ff9d94;--bad-ground:#2b1817;--bad-line:#5c2b28;--good:#7fe0b6;--good-ground:#12271e;--good-line:#24523e;
--chip:#222c28;--shadow:0 1px 2px rgb(0 0 0/.4),0 10px 30px rgb(0 0 0/.35)`

/** The one stylesheet of the portal's plain pages. Colours meet WCAG 2.2 AA in both themes. */
const STYLE = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
:root[data-theme=light]{color-scheme:light;${light}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;background:var(--ground);color:var(--text);
font:400 1rem/1.5 "Inter Variable",Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
font-feature-settings:"tnum";-webkit-font-smoothing:antialiased}
h1,h2,h3,p,ul,ol,dl,dd,fieldset{margin:0;padding:0;border:0}
h1{font-size:1.625rem;line-height:1.25;font-weight:650;letter-spacing:-.018em;text-wrap:balance}
h2{font-size:1.0625rem;line-height:1.4;font-weight:620;letter-spacing:-.006em}
p{text-wrap:pretty;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
code,.mono{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
code{background:var(--chip);padding:.12em .4em;border-radius:.35rem;overflow-wrap:anywhere}
.below{display:flex;justify-content:center}.below a{padding:.15rem .3rem}
.soft{color:var(--soft)}.small{font-size:.875rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:.4rem}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--card);padding:.6rem 1rem;border-radius:.5rem;z-index:2}
.skip:focus{top:1rem}
.mark{flex:none;display:block}.mark-field{fill:#0c7a4d}.mark-arch{fill:#fff}.mark-door{fill:#ffd98a}
.brand{display:inline-flex;align-items:center;gap:.65rem;color:inherit;text-decoration:none;font-weight:650;font-size:1.125rem;letter-spacing:-.012em}
.gate{display:grid;min-height:100vh;min-height:100dvh;grid-template-columns:minmax(0,1fr)}
.gate-art{display:none;position:relative;overflow:hidden;background:#082a1f;color:#e9f5ef}
.gate-main{display:flex;flex-direction:column;padding:1.5rem 1.25rem 1.5rem;gap:2rem}
.gate-body{margin:auto;width:100%;max-width:24.5rem;display:grid;gap:1.5rem}
.gate-head{display:grid;gap:.5rem}
.gate-foot{color:var(--soft);font-size:.8125rem;text-align:center}
@media (min-width:60rem){.gate{grid-template-columns:minmax(24rem,44%) minmax(0,1fr)}
.gate-art{display:block}.gate-main{padding:2rem 3rem;background:var(--card)}.gate-main>.brand{visibility:hidden}}
.arches{position:absolute;inset:0;width:100%;height:100%}
.arch-0{fill:#0a3627}.arch-1{fill:#0c4431}.arch-2{fill:#0e543c}.arch-3{fill:#126648}.arch-4{fill:#1b7c57}
.arch-5{fill:#2c8d64}.arch-6{fill:#55a97c}.arch-7{fill:#a6d0a0}.arch-8{fill:#ffe9b3}
.gate-words{position:relative;padding:2rem 2.5rem;display:grid;gap:3rem;max-width:30rem}
.gate-words p{font-size:1.5rem;line-height:1.35;font-weight:560;letter-spacing:-.014em;text-wrap:balance}
form{display:grid;gap:1.125rem}
.field{display:grid;gap:.375rem}
label{font-weight:560;font-size:.9375rem}
input[type=text],input[type=email],input[type=password]{width:100%;min-height:2.875rem;padding:.55rem .8rem;font:inherit;color:inherit;
background:var(--field);border:1px solid var(--field-line);border-radius:.625rem;transition:border-color .12s,box-shadow .12s}
input:hover{border-color:var(--text)}
input:focus-visible{outline:2px solid transparent;border-color:var(--focus);box-shadow:0 0 0 3px color-mix(in srgb,var(--focus) 35%,transparent)}
input[aria-invalid=true]{border-color:var(--bad)}
input.code{font-size:1.375rem;letter-spacing:.22em;font-variant-numeric:tabular-nums;text-align:center}
input::placeholder{color:var(--soft);opacity:1}
.hint{color:var(--soft);font-size:.875rem}.wrong{color:var(--bad);font-size:.875rem}
button,.button{appearance:none;display:inline-flex;align-items:center;justify-content:center;gap:.5rem;min-height:2.875rem;padding:.55rem 1.15rem;font:inherit;font-weight:600;
line-height:1.2;text-align:center;text-decoration:none;cursor:pointer;border-radius:.625rem;border:1px solid var(--green);background:var(--green);color:var(--on-green);transition:background-color .12s,border-color .12s}
button:hover,.button:hover{background:var(--green-deep);border-color:var(--green-deep)}
button:focus-visible,.button:focus-visible{border-radius:.625rem}
.plain{background:transparent;border-color:var(--field-line);color:var(--text)}
.plain:hover{background:var(--chip);border-color:var(--text);color:var(--text)}
.danger{background:transparent;border-color:var(--bad);color:var(--bad)}
.danger:hover{background:var(--bad-ground);border-color:var(--bad);color:var(--bad)}
.wide{width:100%}.compact{min-height:2.25rem;padding:.35rem .8rem;font-size:.9375rem}
.link{min-height:0;padding:0;border:0;background:none;color:var(--link);font-weight:500;text-decoration:underline;text-underline-offset:.18em}
.link:hover{background:none;color:var(--link)}
.or{display:flex;align-items:center;gap:.9rem;color:var(--soft);font-size:.875rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.note{display:block;padding:.7rem .9rem;border-radius:.625rem;border:1px solid var(--good-line);background:var(--good-ground);color:var(--good);font-size:.9375rem}
.note.bad{border-color:var(--bad-line);background:var(--bad-ground);color:var(--bad)}
.bar{display:flex;align-items:center;gap:1rem;padding:.75rem 1.25rem;background:var(--card);border-bottom:1px solid var(--line)}
.bar-back{white-space:nowrap;color:var(--soft);text-decoration:none;font-weight:550;font-size:.9375rem;padding:.3rem .2rem}.bar-back::before{content:"‹ "}.bar-back:hover{color:var(--text);text-decoration:underline}
.bar-end{margin-left:auto;display:flex;align-items:center;gap:.9rem;min-width:0}
.bar-end form{display:block}.bar-short{display:none}
.bar-name{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:550;color:inherit;text-decoration:none}
a.bar-name:hover{text-decoration:underline}
@media (max-width:30rem){.bar-long{display:none}.bar-short{display:inline}}
.page{width:100%;max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem;display:grid;gap:1.5rem}
.page-head{display:grid;gap:.375rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.35rem 1.25rem;display:grid;gap:1.1rem;box-shadow:var(--shadow)}
@media (min-width:40rem){.card{padding:1.6rem 1.75rem}.page{padding-top:2.75rem}}
.card-head{display:flex;align-items:flex-start;justify-content:space-between;gap:1rem;flex-wrap:wrap}
.card-head>div{display:grid;gap:.2rem;min-width:0;flex:1 1 14rem}
.card form.narrow{max-width:24rem}
.row-actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
.badge{display:inline-flex;align-items:center;gap:.4rem;padding:.15rem .6rem;border-radius:99px;font-size:.8125rem;font-weight:600;background:var(--chip);color:var(--soft);white-space:nowrap}
.badge.on{background:var(--good-ground);color:var(--good);border:1px solid var(--good-line)}
.rows{list-style:none;display:grid}
.rows li{display:flex;align-items:center;justify-content:space-between;gap:.4rem 1rem;flex-wrap:wrap;padding:.8rem 0;border-top:1px solid var(--line)}
.rows li:first-child{border-top:0;padding-top:0}.rows li:last-child{padding-bottom:0}
.rows li>div{display:grid;min-width:0;flex:1 1 12rem;overflow-wrap:anywhere}
.rows form{display:block}
.steps{display:grid;gap:1.25rem;list-style:none}
.steps>li{display:grid;gap:.75rem}
.qr{width:12rem;height:12rem;padding:.75rem;background:#fff;border:1px solid var(--line);border-radius:.75rem}
.qr svg{display:block;width:100%;height:100%}
.secret{font-size:1rem;letter-spacing:.06em;overflow-wrap:anywhere;background:var(--chip);border-radius:.5rem;padding:.5rem .7rem;user-select:all}
.codes{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.4rem 1.5rem;padding:1rem 1.1rem;background:var(--chip);border-radius:.75rem;font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:minmax(0,auto) minmax(0,1fr);gap:.5rem 1.5rem}
.facts dt{color:var(--soft)}.facts dd{overflow-wrap:anywhere;font-weight:500}
details summary{cursor:pointer;color:var(--link);font-weight:500;width:fit-content}
details[open] summary{margin-bottom:1rem}
form{position:relative}
.hide,input[type].hide{position:absolute;width:1px;height:1px;min-height:0;padding:0;border:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){.badge,.card,.note{border:1px solid}}
@media print{.bar,.row-actions,.skip,form{display:none}.card{box-shadow:none}}
`

export const style = STYLE.trim()
/** Changes with the style, so that browsers may keep it for good. */
export const stylePath = `/assets/portal-${hash('sha256', style).slice(0, 12)}.css`

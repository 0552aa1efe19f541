// Before anything is drawn: the theme that was chosen, so that no page flashes in the other one.
try {
  const chosen = localStorage.getItem('portico-theme')
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.add(isDark ? 'dark' : 'light')
  document.documentElement.lang = (localStorage.getItem('portico-language') || navigator.language).slice(0, 2)
} catch {
  document.documentElement.classList.add('light')
}

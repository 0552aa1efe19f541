/** `#39A8EF`, or without the sign; anything else is a quiet grey. */
export const colourOf = (text: string | null | undefined): string =>
  /^#?[\da-f]{6}$/i.test(text ?? '') ? `#${String(text).replace('#', '')}` : '#8b9892'

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Black or white, whichever can be read better on a stage's colour: people choose those freely. */
export const inkOn = (colour: string): '#ffffff' | '#101815' => {
  const light = luminance(colourOf(colour))
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.057 ? '#ffffff' : '#101815'
}

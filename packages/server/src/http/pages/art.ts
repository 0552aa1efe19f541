import { Html } from './html.ts'

const FIELD = 'width="32" height="32" rx="8"'
const ARCH = 'd="M7 24V15a9 9 0 0 1 18 0v9h-3.6v-9a5.4 5.4 0 0 0-10.8 0v9z"'
const DOOR = 'd="M13.6 24v-8.6a2.4 2.4 0 0 1 4.8 0V24z"'

/** The sign of the portal: an arch with light in its door. */
export const mark = new Html(
  `<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><rect class="mark-field" ${FIELD}/><path class="mark-arch" ${ARCH}/><path class="mark-door" ${DOOR}/></svg>`,
)

/** The same for the browser's tab. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect fill="#0c7a4d" ${FIELD}/><path fill="#fff" ${ARCH}/><path fill="#ffd98a" ${DOOR}/></svg>`
export const iconPath = '/assets/portal.svg'

/** Arches that stand one behind the other, with light at their end: a portico, looked through. */
function arches(): string {
  const count = 9
  const [width, height] = [600, 900]
  const paths: string[] = []
  for (let step = 0; step < count; step++) {
    // Distances shrink as they do for the eye.
    const scale = 1 / (1 + step * 0.52)
    const half = 330 * scale
    const top = 560 - 330 * scale
    const left = width / 2 - half
    const floor = 560 + 400 * scale
    paths.push(
      `<path class="arch arch-${step}" d="M${left.toFixed(1)} ${Math.max(floor, 0).toFixed(1)}V${(top + half * 0.35).toFixed(1)}a${half.toFixed(1)} ${half.toFixed(1)} 0 0 1 ${(2 * half).toFixed(1)} 0V${floor.toFixed(1)}z"/>`,
    )
  }
  return `<svg class="arches" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">${paths.join('')}</svg>`
}

export const portico = new Html(arches())

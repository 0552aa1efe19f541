import { byId } from './elements.ts'
import { mount } from './host.ts'
import { CLOSE_ME } from './open.ts'
import { type PageData, Portal } from './portal.ts'

// The page around the frame of an application: reads what the server has put into it and lets the frame begin.
const data = JSON.parse(byId('page-data').textContent ?? '') as PageData

if (location.origin !== data.origin) {
  // Frames look for the portal under its own name only.
  location.replace(new URL(`${location.pathname}${location.search}`, data.origin))
} else {
  const heading = byId('host-title')
  mount(new Portal(data), data.frame, byId('host-frame'), {
    setTitle: (title) => void (heading.textContent = title),
    close() {
      if (parent !== window) parent.postMessage(CLOSE_ME, data.origin)
    },
    reload: () => location.reload(),
    scroll: (top) => scrollTo({ top }),
  })
}

import { ref } from 'vue'

/** What of the frame is open. The drawer is the navigation of phones. */
export const drawerOpen = ref(false)
export const paletteOpen = ref(false)
export const shortcutsOpen = ref(false)

/** What was typed for the palette before it was there. */
export const typedAhead = ref('')

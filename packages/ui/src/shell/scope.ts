import { inject, type InjectionKey } from 'vue'

/** How far above the page something lies: 0 is the page, 1 the first slider over it. Undefined: the frame itself. */
export const depthKey: InjectionKey<number> = Symbol('depth')

/** Where the present component lies; undefined in the frame, which is always there. */
export const useDepth = (): number | undefined => inject(depthKey, undefined)

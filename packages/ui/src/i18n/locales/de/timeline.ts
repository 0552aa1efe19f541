import type en from '../en/timeline.ts'

export default { timeline: {} } satisfies typeof en

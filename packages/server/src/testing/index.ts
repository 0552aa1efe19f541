/** `portico/testing`: a portal for tests (docs/testing.md). */
export type { TestApplication, TestPerson } from './access-controls.ts'
export { connectPortal } from './connect-portal.ts'
export { PortalCallError, type CallAnswer, type PortalControls } from './portal-controls.ts'
export { startPortal, type NeighbourPortal, type StartOptions, type TestPortal } from './start-portal.ts'
export type { ClockSetting, ClockState, Moment } from './test-sources.ts'

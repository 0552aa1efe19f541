/** `portico/testing`: a portal for tests (docs/testing.md). */
export type { TestApplication, TestPerson } from './access-controls.ts'
export type { CallFault, EventFault, FaultReport, FaultRule, OwnError } from './faults/fault-rule.ts'
export type { PortalFaults, WhoseTokens } from './faults/portal-faults.ts'
export type { GivenLimits } from './faults/read-limits.ts'
export {
  compareRecording,
  type Difference,
  type FidelityReport,
  readRecording,
  record,
  type Recorder,
  type Recording,
  replay,
  type Replay,
} from '../cli/recording/index.ts'
export { fidelity } from './fidelity.ts'
export { connectPortal } from './connect-portal.ts'
export { PortalCallError, type CallAnswer, type PortalControls } from './portal-controls.ts'
export type { CallFilter } from './seeing/call-filter.ts'
export type { SeenMethodCall } from './seeing/calls.ts'
export type { DeliveryAttempt, DeliveryFilter, SeenDelivery } from './seeing/deliveries.ts'
export type { PortalSeeing } from './seeing/portal-seeing.ts'
export type { Warning } from './seeing/warnings/warning.ts'
export { startPortal, type NeighbourPortal, type StartOptions, type TestPortal } from './start-portal.ts'
export type { ClockSetting, ClockState, Moment } from './test-sources.ts'

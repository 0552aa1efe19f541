/** Recording what a real portal answers, playing it back, and comparing Portico with it: for tests and for programs. */
export { record, type Recorder, type RecordOptions } from './record.ts'
export { replay, type Missed, type Replay, type ReplayOptions } from './replay.ts'
export { compareRecording, type CompareOptions } from './fidelity/play.ts'
export type { Target } from './fidelity/target.ts'
export type { Difference, FidelityReport, Incomparable, MethodReport } from './fidelity/report.ts'
export { readRecording } from './recording-file.ts'
export { type Exchange, type Header, parseRecording, type Recording, RECORDING_VERSION } from './format.ts'

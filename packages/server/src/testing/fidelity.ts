import { compareRecording, type CompareOptions, type FidelityReport } from '../cli/recording/index.ts'
import { startPortal } from './start-portal.ts'

/** Plays a recording against a fresh portal in memory, at the recorded times, and tells where the answers differ. */
export async function fidelity(options: Omit<CompareOptions, 'portal'>): Promise<FidelityReport> {
  const portal = await startPortal({ https: false, clock: { mode: 'fixed' } })
  try {
    return await compareRecording({
      ...options,
      portal: {
        hook: portal.webhookHttp,
        async setClock(at) {
          await portal.clock({ mode: 'fixed', at })
          // What earlier calls have caused is there, as it was in the portal that was recorded.
          await portal.settle()
        },
      },
    })
  } finally {
    await portal.close()
  }
}

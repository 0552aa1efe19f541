import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { database, testPortal } from '../support/portal.ts'
import { serving } from './serving.ts'

/**
 * The official suite's scenarios for a server with tools. The others call tools, resources and prompts of their own
 * (`test_simple_text`, `test://static-text`, `test_simple_prompt`), or ask for logging and completion, which 2026's
 * revision of the protocol has given up or which belong to prompts: a portal has none of these. Two scenarios
 * of streams (`server-sse-polling`, `server-sse-multiple-streams`) check nothing on a server without sessions.
 */
const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection']

const suite = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json')),
  'dist/index.js',
)

// The protocol knows no database.
it.runIf(database === 'sqlite')('passes the official conformance checks that apply to it', async () => {
  const portal = await testPortal()
  // The suite can be given an address only, so that the webhook stands in it.
  const url = `${await serving(portal)}/mcp/1/${portal.code}`
  const run = async (scenario: string): Promise<string> => {
    const args = [suite, 'server', '--url', url, '--scenario', scenario]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    return `${scenario} ${/Passed: [1-9].*/.exec(stdout)?.[0]}`
  }
  expect(await Promise.all(scenarios.map(run))).toEqual([
    'server-initialize Passed: 1/1, 0 failed, 0 warnings',
    'ping Passed: 1/1, 0 failed, 0 warnings',
    'tools-list Passed: 1/1, 0 failed, 0 warnings',
    'dns-rebinding-protection Passed: 2/2, 0 failed, 0 warnings',
  ])
})

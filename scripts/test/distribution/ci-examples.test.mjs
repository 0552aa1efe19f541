import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../../lib/root.mjs'
import { readWorkflow } from './github.mjs'

const ci = join(root, 'examples/ci')

test("the workflow is one to GitHub's own parser, and names only what the action has", () => {
  const path = join(ci, 'github/tests.yml')
  expect(readWorkflow(path).faults).toEqual([])
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
  const { steps } = parse(readFileSync(path, 'utf8')).jobs.test
  const portico = steps.find(({ id }) => id === 'portico')
  expect(Object.keys(portico.with).filter((name) => !(name in action.inputs))).toEqual([])
  const asked = [...readFileSync(path, 'utf8').matchAll(/steps\.portico\.outputs\.([\w-]+)/g)].map(([, name]) => name)
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.filter((name) => !(name in action.outputs))).toEqual([])
})

test('the devcontainer gives the feature options that it has, and reaches its ports', () => {
  const { features, forwardPorts } = JSON.parse(readFileSync(join(ci, 'devcontainer/devcontainer.json'), 'utf8'))
  const path = join(root, 'devcontainer-feature/portico/devcontainer-feature.json')
  const { options } = JSON.parse(readFileSync(path, 'utf8'))
  for (const [name, value] of Object.entries(features['./portico']))
    expect([name, typeof value]).toEqual([name, options[name]?.type])
  expect(forwardPorts.map(String)).toEqual([options.port.default, options.httpsPort.default])
})

// Runs a composite action as GitHub's runner does: its expressions by GitHub's own evaluator, its scripts by bash, with
// the files through which steps tell what they have found out.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { parse } from 'yaml'
import { root } from '../../lib/root.mjs'

const { parseAction, convertActionTemplate, parseWorkflow, expressions } = await githubsOwn()

/** GitHub's packages import JSON in a way that Node 20 refuses; bundled, they run. */
async function githubsOwn() {
  const directory = mkdtempSync(join(root, 'node_modules/.portico-test-'))
  const outfile = join(directory, 'github.mjs')
  const contents = [
    "export { parseAction } from '@actions/workflow-parser/actions/action-parser'",
    "export { convertActionTemplate } from '@actions/workflow-parser/actions/action-template'",
    "export { parseWorkflow } from '@actions/workflow-parser'",
    "export * as expressions from '@actions/expressions'",
  ].join('\n')
  await esbuild.build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['yaml'],
    logLevel: 'warning',
    outfile,
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const quiet = { info() {}, verbose() {}, error() {} }

/** @returns {{ faults: string[] }} what GitHub's parser objects to */
export function readWorkflow(path) {
  const { context } = parseWorkflow({ name: 'workflow.yml', content: readFileSync(path, 'utf8') }, quiet)
  return { faults: context.errors.getErrors().map(String) }
}

/** @returns {{ faults: string[], action: object }} what GitHub's parser objects to, and what it has understood */
export function readAction(path) {
  const { context, value } = parseAction({ name: 'action.yml', content: readFileSync(path, 'utf8') }, quiet)
  const action = value === undefined ? undefined : convertActionTemplate(context, value)
  return { faults: context.errors.getErrors().map(String), action }
}

/**
 * @param {object} job
 * @param {string} job.path of the action's file
 * @param {string} job.actionPath checkout of the action's repository
 * @param {string} job.workspace directory of the job
 * @param {string} job.temp the runner's own directory
 * @param {Record<string, string>} job.inputs
 * @param {Record<string, string>} job.env of the job
 * @param {(step: object) => Record<string, string>} job.uses stands for other actions: the outputs of one
 * @returns {{ outputs: Record<string, string>, masks: string[], log: string, ran: string[] }}
 * @throws {Error} where a step fails, with all that it has printed
 */
export function runAction({ path, actionPath, workspace, temp, inputs, env, uses }) {
  const action = parse(readFileSync(path, 'utf8'))
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: standard = '' }]) => [name, inputs[name] ?? standard]),
  )
  const steps = {}
  const contexts = () => ({
    inputs: given,
    steps,
    github: { action_path: actionPath, workspace },
    runner: { os: 'Linux', arch: 'X64', temp },
  })
  const masks = []
  const ran = []
  let log = ''
  mkdirSync(temp, { recursive: true })
  for (const step of action.runs.steps) {
    if (step.if !== undefined && evaluate(step.if, contexts()) !== true) continue
    ran.push(step.id)
    if (step.uses !== undefined) {
      const values = Object.fromEntries(
        Object.entries(step.with ?? {}).map(([name, text]) => [name, filled(text, contexts())]),
      )
      steps[step.id] = { outputs: uses({ uses: step.uses, with: values }) }
      continue
    }
    if (step.shell !== 'bash') throw new Error(`${step.id}: ${step.shell} is not run here`)
    const output = join(temp, `${step.id}.output`)
    const script = join(temp, `${step.id}.sh`)
    writeFileSync(output, '')
    writeFileSync(script, filled(step.run, contexts()))
    const own = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, contexts())]),
    )
    // What `shell: bash` stands for.
    const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: filled(step['working-directory'] ?? workspace, contexts()),
      env: {
        ...env,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: actionPath,
        GITHUB_OUTPUT: output,
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: temp,
        ...own,
      },
      encoding: 'utf8',
    })
    log += done.stdout + done.stderr
    masks.push(...[...done.stdout.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret]) => secret))
    if (done.status !== 0) throw new Error(`${step.id} ended with ${done.status}\n${log}`)
    steps[step.id] = { outputs: readOutputs(readFileSync(output, 'utf8')) }
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value, contexts())]),
  )
  return { outputs, masks, log, ran }
}

/** `name=value`, a line each; a step that wrote several lines for one would use the other form, which is not read here. */
function readOutputs(text) {
  const lines = text.split('\n').filter((line) => line !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      if (at < 1) throw new Error(`no output: ${line}`)
      return [line.slice(0, at), line.slice(at + 1)]
    }),
  )
}

const filled = (text, contexts) =>
  String(text).replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression) => String(evaluate(expression, contexts) ?? ''))

/** By GitHub's rules: an expression that names what is not there is an empty text. */
function evaluate(expression, contexts) {
  const { Lexer, Parser, Evaluator, data, wellKnownFunctions } = expressions
  const text = expression.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1')
  const { tokens } = new Lexer(text).lex()
  const parsed = new Parser(tokens, Object.keys(contexts), Object.values(wellKnownFunctions)).parse()
  const context = JSON.parse(JSON.stringify(contexts), data.reviver)
  return JSON.parse(JSON.stringify(new Evaluator(parsed, context).evaluate(), data.replacer))
}

// Reads a Dockerfile as an engine does: stages of instructions, with the values of ARG and ENV put in their places.
import ast from 'dockerfile-ast'

/**
 * @param {string} text
 * @returns {{ name: string, base: string, instructions: Instruction[] }[]} the stages, in their order; `base` is an
 * image or the name of an earlier stage
 * @typedef {{ keyword: string, args: string[], list: boolean, text: string, flags: Record<string, string> }} Instruction
 * `list`: the arguments stand as a JSON array, and no shell reads them; `text`: they stand as they are
 */
export function readStages(text) {
  const stages = []
  const outside = {}
  let known = outside
  for (const instruction of ast.DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword()
    const { args, list, raw } = argumentsOf(instruction)
    const flags = Object.fromEntries(
      (instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), expand(flag.getValue() ?? '', known)]),
    )
    if (keyword === 'FROM') {
      const [base, , name] = args.map((each) => expand(each, outside))
      // What ARG says before the first FROM is known to the lines of FROM only.
      known = {}
      stages.push({ name: name ?? String(stages.length), base, instructions: [] })
      continue
    }
    // A shell puts in variables of RUN itself.
    const values = keyword === 'RUN' || list ? args : args.map((each) => expand(each, known))
    if (keyword === 'ARG') for (const each of values) assign(known, each)
    if (keyword === 'ENV') for (const each of values) assign(known, each)
    stages.at(-1)?.instructions.push({ keyword, args: values, list, text: raw, flags })
  }
  return stages
}

/** `name=value` of ENV, ARG and LABEL. */
export function assignment(text) {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}

function assign(known, text) {
  const [name, value] = assignment(text)
  known[name] = value
}

function argumentsOf(instruction) {
  const raw = instruction.getArgumentsContent() ?? ''
  const command = instruction.getKeyword() === 'HEALTHCHECK' ? raw.replace(/^CMD\s+/, '') : raw
  if (command.trim().startsWith('[')) return { args: JSON.parse(command), list: true, raw }
  const properties =
    instruction.getProperties?.() ?? (instruction.getProperty === undefined ? undefined : [instruction.getProperty()])
  if (properties !== undefined)
    return { args: properties.map((each) => `${each.getName()}=${each.getValue() ?? ''}`), list: false, raw }
  const args = (instruction.getArguments?.() ?? []).map((each) => each.getValue())
  return { args, list: false, raw }
}

const expand = (text, known) =>
  text.replaceAll(/\$\{(\w+)\}|\$(\w+)/g, (_, braced, bare) => known[braced ?? bare] ?? '')

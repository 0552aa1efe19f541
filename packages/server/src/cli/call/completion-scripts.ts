import { ConfigError } from '../../config/options.ts'
import type { Candidate } from './candidates.ts'
import type { Shell } from './completion.ts'

/** Where nothing is known, each falls back to the names of files. */
const scripts: Readonly<Record<Shell, string>> = {
  bash: `# portico: completion for bash
_portico() {
  local IFS=$'\\n'
  local word="\${COMP_WORDS[COMP_CWORD]}"
  # Bash breaks --output=json at the sign: its word is then what stands behind it.
  [[ $word == '=' ]] && word=''
  COMPREPLY=($(compgen -W "$(portico __complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$word"))
}
complete -o default -F _portico portico`,
  zsh: `#compdef portico
# portico: completion for zsh
_portico() {
  local -a found
  found=("\${(@f)$(portico __complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n $found[1] ]]; then _describe portico found; else _files; fi
}
compdef _portico portico`,
  fish: `# portico: completion for fish
complete -c portico -a '(portico __complete fish (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'`,
}

/** @throws {ConfigError} for another shell */
export function scriptFor(shell: string): string {
  if (Object.hasOwn(scripts, shell)) return scripts[shell as Shell]
  throw new ConfigError('SHELL', shell, `SHELL "${shell}" is refused: expected ${Object.keys(scripts).join(', ')}`)
}

/** A candidate as a shell takes it. */
export function lineFor(shell: string, { word, about }: Candidate): string {
  if (shell === 'zsh') return about === undefined ? escaped(word) : `${escaped(word)}:${about}`
  return shell === 'fish' && about !== undefined ? `${word}\t${about}` : word
}

const escaped = (word: string): string => word.replaceAll(':', '\\:')

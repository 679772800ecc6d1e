import { acp, type AgentAdapter } from '@gump/agents'

/**
 * The agents behind `acp:COMMAND`. A workflow may name any command there, as it may in a `bash` gate, and so it runs as a
 * gate's command does: without the user's secrets, and not before the run. One that the user has named is an agent
 * like every other.
 *
 * @param isNamed - whether the user has given this name of an agent
 */
export function acpAgents(isNamed: (name: string) => boolean): AgentAdapter {
  const base = acp()
  return {
    ...base,
    withArgument: (argument) => {
      const made = base.withArgument?.(argument) ?? null
      return made === null || isNamed(made.name) ? made : asProjectCode(made)
    },
  }
}

function asProjectCode(adapter: AgentAdapter): AgentAdapter {
  const { name, detection } = adapter
  return {
    ...adapter,
    // A look at its version would be its first chance to do something, outside every sandbox.
    detection:
      detection === null
        ? null
        : {
            ...detection,
            versionArgs: [],
            login: `${detection.login}; it gets no keys from the environment unless you name it yourself: [agents.alias] NAME = ${JSON.stringify(name)} in ~/.gump/config.toml, or --agent`,
          },
    launch: (request) => {
      const plan = adapter.launch(request)
      if (plan.kind === 'embedded') return plan
      return { ...plan, credentials: false, stateDirs: [], stateFiles: [] }
    },
  }
}

/** What each program tells the model about the folder it works in; a model answers with absolute paths. */
export const captures = {
  cwd: '(?:[Ww]orking [Dd]irectory:|% pwd\\n|working in the directory:|Workspace Directories:\\*\\*\\n +-|<cwd>\\n?|working directory is `) ?([^\\s<`]+)',
}

/**
 * A tool call that writes a file, by the names that it has in the programs.
 *
 * @param {string} path relative to the working folder
 * @param {string} content without quotes
 */
export function writeFile(path, content) {
  return {
    anyOf: [
      // Kimi Code, whose tool has the name of Claude Code's
      { name: 'Write', beside: 'TodoList', args: { path: `\${cwd}/${path}`, content } },
      // Claude Code
      { name: 'Write', args: { file_path: `\${cwd}/${path}`, content } },
      // Gemini CLI, Qwen Code
      { name: 'write_file', args: { file_path: `\${cwd}/${path}`, content } },
      // OpenCode, pi
      { name: 'write', args: { filePath: `\${cwd}/${path}`, path: `\${cwd}/${path}`, content } },
      // Cline
      { name: 'editor', args: { path: `\${cwd}/${path}`, new_text: content } },
      // Copilot CLI
      { name: 'create', args: { path: `\${cwd}/${path}`, file_text: content } },
      // Droid
      { name: 'Create', args: { file_path: `\${cwd}/${path}`, content } },
      ...shellCalls(`printf '%s' '${content}' > ${path}`),
    ],
  }
}

/** A tool call that runs shell text. */
export function runShell(command) {
  return { anyOf: shellCalls(command) }
}

/** A tool call that has a sub-agent do something. */
export function delegate(prompt) {
  const description = 'Count letters'
  return {
    anyOf: [
      // Earlier versions of Claude Code, Qwen Code
      { name: 'Task', args: { description, prompt, subagent_type: 'general-purpose' } },
      // Claude Code and Kimi Code, which choose one themselves
      { name: 'Agent', args: { description, prompt } },
      { name: 'agent', args: { description, prompt, subagent_type: 'general-purpose' } },
      // OpenCode, Copilot CLI
      {
        name: 'task',
        args: { description, prompt, subagent_type: 'general', agent_type: 'task', name: 'count' },
      },
      // Gemini CLI
      { name: 'invoke_agent', args: { agent_name: 'generalist', prompt } },
      { name: 'generalist', args: { request: prompt } },
      // Codex
      {
        name: 'collaboration.spawn_agent',
        args: { task_name: 'count', message: prompt, fork_turns: 'none' },
      },
    ],
  }
}

function shellCalls(command) {
  return [
    // Claude Code, Kimi Code
    { name: 'Bash', args: { command, description: 'Run a command' } },
    // Codex
    { name: 'exec_command', args: { cmd: command } },
    { name: 'shell_command', args: { command } },
    { name: 'shell', args: { command: ['bash', '-c', command] } },
    // Gemini CLI, Qwen Code
    { name: 'run_shell_command', args: { command, description: 'Run a command', is_background: false } },
    // OpenCode, pi, Copilot CLI
    { name: 'bash', args: { command, description: 'Run a command' } },
  ]
}

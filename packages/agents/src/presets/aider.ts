import type { Preset } from './preset.js'

/** Aider: one message from a file, applied and done. Its own commits are off, for Gump makes them. */
export const aider: Preset = {
  name: 'aider',
  displayName: 'Aider',
  runs: 'command',
  command:
    'aider --message-file {prompt_file} --yes-always --no-auto-commits --no-dirty-commits --no-gitignore --chat-history-file /dev/null --input-history-file /dev/null --no-check-update --no-pretty --model {model}',
  model: '--model MODEL',
  verified: [],
  install: 'pip install aider-chat',
  login: 'set the API key of your provider, such as ANTHROPIC_API_KEY or OPENAI_API_KEY',
  keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'DEEPSEEK_API_KEY', 'OPENROUTER_API_KEY'],
  folders: ['.aider'],
  known: [
    'It edits files and runs no tests of its own accord.',
    'It leaves its cache in the worktree: ignore `.aider*` in git.',
  ],
  source: 'https://aider.chat/docs/scripting.html',
}

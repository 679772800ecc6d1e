/** Kinds of trouble, and what Gump does about each; the rows of the table in docs/agents.md. */
export const KINDS = {
  quota: {
    what: 'a quota or a rate limit is reached, reported in a field, in words, or on stderr only',
    does: 'parks the step until the time that was named, or a minute and longer; no attempt is spent, and no other agent of the provider is launched meanwhile',
  },
  overload: {
    what: 'the provider or the model has no room for anybody',
    does: 'parks for a minute and longer; no attempt is spent',
  },
  credit: { what: 'the account is empty', does: 'parks, and says that credit has to be added' },
  network: {
    what: 'the provider cannot be reached: refused, reset, no name, no certificate, too late',
    does: 'launches again after 5 s, 10 s, and so on, six times in all, in the same attempt and session; then stops the run, which `gump run --resume` continues with; no attempt is spent',
  },
  sign_in: {
    what: 'nobody is signed in, a key is wrong, a token has expired',
    does: 'stops the run at once and says how to sign in; no attempt is spent',
  },
  configuration: {
    what: 'an unknown model, an untrusted folder, an option that is gone, bad settings',
    does: 'stops the run at once and says what to correct; no attempt is spent',
  },
  hangs: {
    what: 'the last word is said, and the program does not exit',
    does: 'ends it after a short silence (`[agent_end]`); the last word counts, whatever guard of time trips',
  },
  background: {
    what: 'work in the background is open at the end',
    does: 'waits longer for its end, and warns of agents that were stopped',
  },
  silent_tool: {
    what: 'a tool runs for long and says nothing',
    does: 'takes it for work, not for silence; `max_tool_time` limits it',
  },
  refusal: {
    what: 'the model refuses, or a content filter ends the turn',
    does: 'fails the attempt whatever the exit code says; the next one starts a new session',
  },
  false_success: {
    what: 'a success that the stream contradicts: a refusal, a full context, a turn after the result, an end without a word',
    does: 'fails the attempt',
  },
  context: {
    what: 'the session is full',
    does: 'launches once more in a new session, in the same attempt, and says so',
  },
  dead_session: {
    what: 'the session is unknown, or cannot be continued',
    does: 'launches once more in a new session, in the same attempt, and says so; never the same session twice',
  },
  recovered: {
    what: 'an error after which the agent continues and ends well',
    does: 'takes the last event as the verdict: a success',
  },
  counters: {
    what: 'counters start again, continue, or are reported several times',
    does: 'counts every token and every cent once, and takes nothing back that was seen',
  },
  sub_agents: {
    what: 'sub-agents work whose spending is not in the stream, or a launch is cut off',
    does: 'shows the cost as "at least"',
  },
  messages: { what: 'the program says little', does: 'says what happened as far as it can be known' },
  odd_output: {
    what: 'huge lines, broken UTF-8, questions on the terminal, an exit code that says something else',
    does: 'reads on; the terminal event is the verdict',
  },
} as const

/** One of them. */
export type Kind = keyof typeof KINDS

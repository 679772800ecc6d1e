// What programs say when they are to go on with a session that is not there: Claude Code, Codex, Qwen Code, OpenCode,
// pi, Copilot, Gemini CLI, Kimi Code, and words that others would use.
const UNKNOWN_SESSION =
  /\bno conversation found\b|\bno rollout found for thread\b|\bno saved session found\b|\bno sessions? found matching\b|\bsession found in different project\b|\bno session, task, or name matched\b|\berror resuming session\b|\b(?:invalid|unknown|no such) (?:session|thread|conversation|chat)(?: id(?:entifier)?)?\b|\b(?:session|thread|conversation|chat)\b.{0,80}\b(?:not found|does not exist|no longer exists|could not be found|has expired and|was created under a different directory)\b/i

/** True when a message says that the session which was to be resumed is not known. */
export function saysUnknownSession(text: string): boolean {
  return UNKNOWN_SESSION.test(text.slice(0, 4000))
}

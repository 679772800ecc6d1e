import { claude } from './claude.mjs'
import { cline } from './cline.mjs'
import { codex } from './codex.mjs'
import { copilot } from './copilot.mjs'
import { droid } from './droid.mjs'
import { gemini } from './gemini.mjs'
import { kimi } from './kimi.mjs'
import { opencode } from './opencode.mjs'
import { pi } from './pi.mjs'
import { qwen } from './qwen.mjs'

/**
 * One real coding agent: what is installed, and what it needs to know to talk to the fake model.
 *
 * @typedef {object} Program
 * @property {string} name
 * @property {string} package on npm
 * @property {string} version the one that the adapter was verified with
 * @property {string} command as it is called on PATH
 * @property {{ package: string, file: string }} [native] where the program is when the package's install script, which
 *   is not run, would have fetched or linked it; `{platform}` is `linux-x64` and the like
 * @property {string} agent what a workflow calls it
 * @property {string} [acp] the command with which it speaks the Agent Client Protocol
 * @property {boolean} [nativeCost] it says itself what a run costs
 * @property {Record<string, string>} [fewRetries] variables with which it does not try for minutes itself
 * @property {Record<string, string>} [refusal] headers that its provider sends with status 401
 * @property {boolean} [ownTurnLimit] it takes a limit of turns, and stops by itself
 * @property {boolean} [delegates] false: it has no sub-agents
 * @property {boolean} [preset] it has no adapter of its own, and is tried by the case `plain` alone
 * @property {(seconds: number) => object} [exhausted] the fault with which its provider says that a quota is used up
 *   for that long
 * @property {(world: { url: string }) => { env: Record<string, string>, files: Record<string, string> }} setUp
 *   variables and files below the home folder, for a model at `url`
 */

/** @type {readonly Program[]} */
export const programs = [claude, codex, gemini, qwen, opencode, copilot, pi, kimi, cline, droid]

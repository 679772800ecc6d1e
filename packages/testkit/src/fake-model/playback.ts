import type { ModelRequest } from './model-request.js'
import type { Conversation, FakeScript, Fault, ScriptedTurn } from './script.js'
import { smallestAnswer } from './smallest-answer.js'

/** What one request is answered with. */
export interface Play {
  readonly turn: ScriptedTurn
  readonly fault: Fault | null
  /** The program asked for something beside the work; the script did not advance. */
  readonly side: boolean
  /** Place of the conversation in the script, and of the turn in it; null for a side request. */
  readonly at: { readonly conversation: number; readonly turn: number } | null
}

/** Goes through the script, request by request. */
export interface Playback {
  next(request: ModelRequest): Play
}

const NOTHING_FITS: ScriptedTurn = { text: 'The script has nothing to say to this.' }

export function createPlayback(script: FakeScript): Playback {
  const places = script.conversations.map(() => 0)
  const served = new Map<Fault, number>()

  /** The fault, unless it has happened as often as it should. */
  const due = (fault: Fault | undefined): Fault | null => {
    if (fault === undefined) return null
    const before = served.get(fault) ?? 0
    if (before >= (fault.times ?? Number.POSITIVE_INFINITY)) return null
    served.set(fault, before + 1)
    return fault
  }

  return {
    next(request) {
      const everywhere = due(script.fault)
      const conversation = fitting(script.conversations, request.userTexts)
      const found = script.conversations[conversation]
      const side = request.tools.length === 0 && found?.toolless !== true
      if (side) return { turn: sideTurn(script, request), fault: everywhere, side, at: null }
      if (found === undefined) return { turn: NOTHING_FITS, fault: everywhere, side, at: null }
      const place = Math.min(places[conversation] ?? 0, found.turns.length - 1)
      const turn = found.turns[place] ?? NOTHING_FITS
      const fault = everywhere ?? due(turn.fault)
      // Who tries again gets the same turn.
      if (fault === null) places[conversation] = place + 1
      return { turn, fault, side, at: { conversation, turn: place } }
    },
  }
}

/** Index of the conversation; -1 when none fits. */
function fitting(conversations: readonly Conversation[], userTexts: readonly string[]): number {
  for (const text of userTexts.toReversed()) {
    const found = conversations.findIndex(({ match }) => match !== undefined && text.includes(match))
    if (found !== -1) return found
  }
  return conversations.findIndex(({ match }) => match === undefined)
}

function sideTurn(script: FakeScript, request: ModelRequest): ScriptedTurn {
  const text =
    request.answerSchema === null
      ? (script.side ?? 'ok')
      : JSON.stringify(smallestAnswer(request.answerSchema))
  return { text, usage: { input: 20, output: 5 } }
}

// The rule that Gump had before: all tries of an agent pooled, whatever had failed before them; a ladder that climbs from cheap per pass
// to reliable.

/** The ladder of the pooled rule; null when no agent was seen five times. */
export function todaysLadder(records) {
  const agents = new Map()
  for (const { agent, passed, recalled, microUsd } of records.flatMap(({ chains }) =>
    chains.flatMap(({ tries }) => tries),
  )) {
    if (recalled) continue
    const seen = agents.get(agent) ?? { agent, tries: 0, passed: 0, microUsd: 0 }
    seen.tries += 1
    if (passed) seen.passed += 1
    seen.microUsd += microUsd
    agents.set(agent, seen)
  }
  const useful = [...agents.values()]
    .filter(({ tries, passed }) => tries >= 5 && passed > 0)
    .map(({ agent, tries, passed, microUsd }) => ({
      agent,
      rate: passed / tries,
      perPass: microUsd / passed,
    }))
    .toSorted((a, b) => a.perPass - b.perPass)
  const ladder = []
  for (const rung of useful) if (rung.rate > (ladder.at(-1)?.rate ?? 0)) ladder.push(rung)
  return ladder.length === 0 ? null : ladder.map(({ agent }) => agent)
}

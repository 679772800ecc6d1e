/** `attempt 2/6`, or `attempt 1` when there is only one; never `6/5`. */
export function attemptText(attempt: number, max: number): string {
  const most = Math.max(attempt, max)
  return most > 1 ? `attempt ${attempt}/${most}` : `attempt ${attempt}`
}

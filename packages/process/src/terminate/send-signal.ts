/** Sends a signal; false when there was nobody to get it or we may not. A negative pid means a process group. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

import { execFile } from 'node:child_process'

/** What a program prints, or null when it is missing, fails, or takes longer than ten seconds. */
export function askProgram(file: string, args: readonly string[], cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      [...args],
      { cwd, timeout: 10_000, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout) => resolve(error === null ? stdout : null),
    )
    child.stdin?.end()
  })
}

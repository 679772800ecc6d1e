import { quoteWords } from './quoting.js'

/** Shell text that runs another in a folder below the root. */
export async function inFolder(folder: string, command: string): Promise<string> {
  if (folder === '') return command
  const enter = `cd ${await quoteWords([`./${folder}`.replace(/^\.\/(?!-)/, '')])}`
  // What is more than one simple command must not continue at the root when the folder is missing.
  return /[;&|\n]/.test(command) ? `${enter} && {\n${command}\n}` : `${enter} && ${command}`
}

/** How a step calls the workflow of its GET: `research` for `validators/research` and `./steps/research.yaml`. */
export function calledName(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1)
  return last.replace(/\.ya?ml$/, '')
}

/** True when a run was stopped, or its user warned. */
export function told({ code, out }) {
  return code !== 0 || /\bwarning\b|was it you|changed while/iu.test(out)
}

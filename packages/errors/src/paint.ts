/** Names of the few terminal styles that messages use. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green'

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  green: [32, 39],
}

/** Paints text with terminal styles, or leaves it alone when colour is off. */
export type Paint = (style: Style, text: string) => string

// Node's own styleText decides by the process's standard output; here the caller decides.

/**
 * A {@link Paint} with or without colour.
 *
 * @param color - whether the output shows styles; `NO_COLOR` and pipes are the caller's to look at
 */
export function paintWith(color: boolean): Paint {
  if (!color) return (_, text) => text
  return (style, text) => `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m`
}

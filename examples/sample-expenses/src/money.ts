const AMOUNT = /^(-?)(\d+)(?:\.(\d{1,2}))?$/

/** Reads an amount such as `12.50` as cents. */
export function parseCents(text: string): number {
  const [, sign, whole, fraction = ''] = AMOUNT.exec(text.trim()) ?? []
  if (whole === undefined) throw new RangeError(`not an amount: ${JSON.stringify(text)}`)
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return sign === '-' ? -cents : cents
}

/** Writes cents as an amount: `1250` as `12.50`. */
export function formatCents(cents: number): string {
  const absolute = Math.abs(cents)
  const fraction = String(absolute % 100).padStart(2, '0')
  return `${cents < 0 ? '-' : ''}${Math.floor(absolute / 100)}.${fraction}`
}

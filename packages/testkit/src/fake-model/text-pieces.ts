const PIECE = /[\s\S]{1,24}/gu

/** Text as it arrives from a model: in small parts. */
export function textPieces(text: string): readonly string[] {
  return text.match(PIECE) ?? []
}

export interface Received {
  readonly event: string | null
  readonly data: string
}

/** Reads a stream as strictly as the standard allows: what is neither an event nor a blank line is an error. */
export function serverSentEvents(text: string): readonly Received[] {
  if (text !== '' && !text.endsWith('\n\n')) throw new Error(`torn event: ${text.slice(-80)}`)
  return text
    .split('\n\n')
    .slice(0, -1)
    .map((block) => {
      let event: string | null = null
      const data: string[] = []
      for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) event = line.slice(7)
        else if (line.startsWith('data: ')) data.push(line.slice(6))
        else throw new Error(`not a field: ${line}`)
      }
      return { event, data: data.join('\n') }
    })
}

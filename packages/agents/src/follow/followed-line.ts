import { asNonEmpty, asObject, type JsonObject } from '../streams/json-value.js'
import type { FollowedLine } from './followed-files.js'

const TYPE = 'gump.followed'

/** What a stream says that a program has noted in a file of its own. */
export interface FollowedRecord {
  readonly path: string
  /** null: the file has just come into being. */
  readonly event: JsonObject | null
}

/** A line of a followed file, as a line of the stream; null when it is no record. */
export function encodeFollowed({ path, line }: FollowedLine): string | null {
  if (line === '') return JSON.stringify({ type: TYPE, path })
  try {
    const event = asObject(JSON.parse(line))
    return event === null ? null : JSON.stringify({ type: TYPE, path, event })
  } catch {
    // Something else that has these words in it.
    return null
  }
}

/** The record in a line of the stream, or null when the line is the program's own. */
export function decodeFollowed(value: JsonObject): FollowedRecord | null {
  const path = asNonEmpty(value['path'])
  return value['type'] === TYPE && path !== null ? { path, event: asObject(value['event']) } : null
}

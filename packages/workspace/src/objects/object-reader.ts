import { randomUUID } from 'node:crypto'

import { GumpError } from '@gump/errors'

import { type Conversation, openConversation } from '../git/conversation.js'
import { encodePath } from '../git/path-bytes.js'
import type { GitCall } from '../git/run-git.js'
import { type CommitParts, parseCommit } from './commit-bytes.js'

/** One object. */
export interface ObjectContent {
  readonly oid: string
  readonly type: string
  readonly content: Buffer
}

/** True for a full SHA-1 or SHA-256 object id. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text)
}

/** Reads objects through one long-lived `git cat-file`, which knows packs, alternates and every object format. */
export interface ObjectReader {
  /** The object that a name means, null when there is none. Short ref names are looked up as git does. */
  find(name: string): Promise<{ readonly oid: string; readonly type: string } | null>
  /** @throws GumpError GUMP-G001 when there is no such commit. */
  commit(oid: string): Promise<CommitParts>
  /** The blob at a path of a commit; null when there is none or it is a folder. */
  blobAt(commit: string, path: string): Promise<Buffer | null>
  /** A blob by its id; null when there is none. */
  blob(oid: string): Promise<Buffer | null>
  close(): Promise<void>
}

/** No ref may have this name, and no content can know it. */
const silent = `\u0001${randomUUID()}`

/** Needs git 2.38 for `cat-file --batch-command -z`. */
export function createObjectReader(call: GitCall): ObjectReader {
  const talk = openConversation(['cat-file', '--batch-command', '-z'], call)
  const commits = new Map<string, CommitParts>()

  return {
    find: async (name) => {
      const line = (await request(talk, 'info', name)).toString('utf8')
      const match = /^([0-9a-f]{40,64}) (\w+) \d+\n$/u.exec(line)
      return match?.[1] === undefined || match[2] === undefined ? null : { oid: match[1], type: match[2] }
    },
    commit: async (oid) => {
      const known = commits.get(oid)
      if (known !== undefined) return known
      const object = isObjectId(oid) ? await contents(talk, oid) : null
      if (object?.type !== 'commit') {
        throw new GumpError('GUMP-G001', `there is no commit ${oid}`, { data: { commit: oid } })
      }
      const commit = parseCommit(object.content)
      if (commits.size >= 256) commits.clear()
      commits.set(oid, commit)
      return commit
    },
    blobAt: async (commit, path) => {
      if (
        path === '' ||
        path.startsWith('/') ||
        path.split('/').some((part) => part === '..' || part === '.')
      ) {
        return null
      }
      const object = await contents(talk, `${commit}:${path}`)
      return object?.type === 'blob' ? object.content : null
    },
    blob: async (oid) => {
      const object = isObjectId(oid) ? await contents(talk, oid) : null
      return object?.type === 'blob' ? object.content : null
    },
    close: () => talk.close(),
  }
}

/** The marker request that follows is answered with `<name> missing`, which shows where the first answer ends. */
async function request(talk: Conversation, command: string, name: string): Promise<Buffer> {
  const end = `${silent} missing\n`
  const answer = await talk.ask(joinCommands([`${command} ${name}`, `info ${silent}`]), end)
  return answer.subarray(0, answer.length - end.length)
}

function joinCommands(commands: readonly string[]): Buffer {
  return Buffer.concat(commands.map((command) => encodePath(`${command}\0`)))
}

async function contents(talk: Conversation, name: string): Promise<ObjectContent | null> {
  const answer = await request(talk, 'contents', name)
  const end = answer.indexOf(0x0a)
  const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/u.exec(answer.toString('latin1', 0, Math.max(end, 0)))
  if (match?.[1] === undefined || match[2] === undefined) return null
  return { oid: match[1], type: match[2], content: answer.subarray(end + 1, end + 1 + Number(match[3])) }
}

import { randomUUID } from 'node:crypto'

import { GumpError } from '@gump/errors'

import type { ChangedFile } from '../contract.js'
import { type Conversation, openConversation } from '../git/conversation.js'
import { decodePath, splitRecords } from '../git/path-bytes.js'
import type { GitCall } from '../git/run-git.js'

/** One difference of two trees. Modes are git's octal text, `000000` where there is nothing. */
export interface TreeChange extends ChangedFile {
  readonly oldMode: string
  readonly newMode: string
  readonly oldOid: string
  readonly newOid: string
  /** The path in the old tree; differs from `path` for a rename. */
  readonly oldPath: string
}

/** Compares trees through long-lived `git diff-tree --stdin` processes. */
export interface TreeDiffer {
  /** Differences from one tree to another, by path; renames are found and lines counted. */
  compare(from: string, to: string): Promise<readonly TreeChange[]>
  /** The same without renames and line counts, both sides of a rename on their own. */
  list(from: string, to: string): Promise<readonly TreeChange[]>
  /**
   * Gives the unified diff to `take`, piece by piece.
   *
   * @throws GumpError GUMP-G001, possibly after some of it was given.
   */
  patch(from: string, to: string, take: (bytes: Buffer) => void): Promise<void>
  close(): Promise<void>
}

/** How git writes a unified diff that can be applied, whatever is configured. */
export const patchFlags: readonly string[] = [
  'diff-tree',
  '-r',
  '--patch',
  '--binary',
  '--full-index',
  '--find-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
]

const flags = ['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', '--no-textconv']

export function createTreeDiffer(call: () => Promise<GitCall>): TreeDiffer {
  const talks = new Map<string, Promise<Conversation>>()

  const talkOf = (args: readonly string[]): Promise<Conversation> => {
    const kind = args.join(' ')
    const talk = talks.get(kind) ?? call().then((call) => openConversation(args, call))
    talks.set(kind, talk)
    return talk
  }
  const ask = async (from: string, to: string, ...more: string[]): Promise<readonly TreeChange[]> => {
    if (from === to) return []
    const talk = await talkOf([...flags, ...more])
    const end = `${randomUUID()}\n`
    const header = `${from} ${to}\n`
    const answer = await talk.ask(`${header}${end}`, end)
    if (answer.toString('latin1', 0, header.length) !== header) throw notCompared(from, to)
    return parseChanges(answer.subarray(header.length, answer.length - end.length))
  }

  return {
    compare: (from, to) => ask(from, to, '--numstat', '-M'),
    list: (from, to) => ask(from, to, '--no-renames'),
    patch: async (from, to, take) => {
      if (from === to) return
      const [command = '', ...more] = patchFlags
      const talk = await talkOf([command, '--stdin', ...more, '--src-prefix=a/', '--dst-prefix=b/'])
      const end = `${randomUUID()}\n`
      const header = `${from} ${to}\n`
      let begun = Buffer.alloc(0)
      let isPast = false
      await talk.pour(`${header}${end}`, end, (bytes) => {
        if (isPast) return take(bytes)
        begun = Buffer.concat([begun, bytes])
        if (begun.length < header.length) return
        if (begun.toString('latin1', 0, header.length) !== header) throw notCompared(from, to)
        isPast = true
        if (begun.length > header.length) take(begun.subarray(header.length))
      })
      if (!isPast) throw notCompared(from, to)
    },
    close: async () => {
      for (const talk of talks.values()) await (await talk).close()
    },
  }
}

function notCompared(from: string, to: string): GumpError {
  return new GumpError('GUMP-G001', `git cannot compare the trees ${from} and ${to}`, { data: { from, to } })
}

type RawChange = Omit<TreeChange, 'insertions' | 'deletions'>

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'type',
}

/** Reads `--raw --numstat -z`: all raw records, then, when asked for, the counts in the same order. */
export function parseChanges(output: Buffer): readonly TreeChange[] {
  const records = splitRecords(output)
  const raw: RawChange[] = []
  let at = 0
  for (; records[at]?.[0] === 0x3a; at += 1) {
    const [oldMode = '', newMode = '', oldOid = '', newOid = '', letter = ''] = text(records[at])
      .slice(1)
      .split(' ')
    const oldPath = decodePath(records[(at += 1)] ?? Buffer.alloc(0))
    const path = letter.startsWith('R') ? decodePath(records[(at += 1)] ?? Buffer.alloc(0)) : oldPath
    raw.push({
      path,
      oldPath,
      status: statuses[letter.charAt(0)] ?? 'modified',
      oldMode,
      newMode,
      oldOid,
      newOid,
    })
  }
  return raw.map((change) => {
    const [insertions = '', deletions = '', name] = text(records[at]).split('\t')
    // A rename has an empty name here and its two paths in the next two records.
    at += name === '' ? 3 : 1
    return { ...change, insertions: count(insertions), deletions: count(deletions) }
  })
}

function text(record: Buffer | undefined): string {
  return record?.toString('latin1') ?? ''
}

function count(digits: string): number | null {
  return /^\d+$/u.test(digits) ? Number(digits) : null
}

/** The public part of changes, with their sums; binary files count as no lines. */
export function summarise(changes: readonly TreeChange[]): {
  readonly files: readonly ChangedFile[]
  readonly insertions: number
  readonly deletions: number
} {
  const files = changes.map(({ path, status, insertions, deletions }) => ({
    path,
    status,
    insertions,
    deletions,
  }))
  return {
    files,
    insertions: files.reduce((sum, file) => sum + (file.insertions ?? 0), 0),
    deletions: files.reduce((sum, file) => sum + (file.deletions ?? 0), 0),
  }
}

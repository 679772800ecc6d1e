import type { ContentFilters, RunnableFilters } from './filters/contract.js'

/** The repository a run works on. */
export interface RepositoryFacts {
  /** Top of the user's working tree. */
  readonly root: string
  /** The `.git` folder shared by all worktrees. */
  readonly commonDir: string
  readonly head: string
  /** null: HEAD is detached. */
  readonly branch: string | null
}

/** Uncommitted changes; paths relative to the root, exact bytes decoded as UTF-8 (lossless escapes for others). */
export interface WorkingTreeChanges {
  readonly tracked: readonly string[]
  readonly untracked: readonly string[]
  /** Tracked files that may have changed: only the content filters that were not to run could tell. */
  readonly undecided?: readonly string[]
}

/** How uncommitted changes are looked for. */
export interface ChangesOptions {
  /**
   * Whether content filters, which are programs of the user's and the repository's git configuration, may be run to
   * compare files. Default: true.
   */
  readonly runFilters?: boolean
}

/** One path that differs between two commits. */
export interface ChangedFile {
  readonly path: string
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed' | 'type'
  /** null for binary files. */
  readonly insertions: number | null
  readonly deletions: number | null
}

/** What a commit of a run says. */
export interface CommitDescription {
  readonly subject: string
  /** Written in order, one `Key: value` line each; values are escaped so that none can forge another. */
  readonly trailers: Readonly<Record<string, string>>
}

/** What an attempt left in its worktree. */
export interface Snapshot {
  readonly tree: string
  /** null: nothing changed against the base. */
  readonly commit: string | null
  readonly files: readonly ChangedFile[]
  readonly insertions: number
  readonly deletions: number
}

/** How a worktree is brought to a commit. `reset` keeps ignored files, `pristine` removes them too. */
export type RestoreMode = 'reset' | 'pristine'

/** Path relative to a worktree, with `/` → what stands there; null: no file. */
export type Substitutes = ReadonlyMap<string, Uint8Array | null>

/** One linked worktree that Gump owns; all operations are idempotent. */
export interface Worktree {
  readonly dir: string
  readonly branch: string
  /** Where git keeps the worktree's own HEAD and index, inside the repository's `.git`. */
  readonly gitDir: string
  /** It was made again at the commit of its branch: what was left in it, edits included, is not there. */
  readonly remade: boolean
  /** Where a folder has been put that stood in its place, and was not known to be it; null: there was none. */
  readonly setAside: string | null
  /**
   * Records the tree as it is, from the files alone: HEAD, index and branch that an agent moved are put back first,
   * its edits stay. A commit is made (parent `base`) and `ref` points at it; an existing `ref` is adopted.
   */
  snapshot(request: {
    readonly base: string
    readonly ref: string
    readonly describe: CommitDescription
  }): Promise<Snapshot>
  /** The unified diff between two commits, byte for byte, written to a file; returns its size. */
  writeDiff(from: string, to: string, file: string): Promise<number>
  /** Tracked files as in `commit`, untracked unignored files removed; HEAD and branch stay. */
  restore(commit: string, mode: RestoreMode): Promise<void>
  /** Moves the branch from `from` by compare-and-swap to one new commit with the tree of `snapshot`; returns it. */
  promote(request: {
    readonly from: string
    readonly snapshot: string
    readonly describe: CommitDescription
  }): Promise<string>
  /** Moves the branch to `commit`, whatever it stands at; files stay as they are. Cheap when it is there already. */
  resetBranch(commit: string): Promise<void>
  /** True when the files, untracked ones that are not ignored included, are not those of `commit`. */
  differsFrom(commit: string): Promise<boolean>
  /** Paths of submodules of `commit` that are not checked out: the user's repository has none, or not that commit. */
  missingSubmodules(commit: string): Promise<readonly string[]>
  /** The commit that the branch stands at. */
  tip(): Promise<string>
  /**
   * Adopts edits that a person made since the files held `content` (by default `base`), as one commit on top of `base`,
   * where the branch is; returns it or null. Files that are older than the branch are brought up to it.
   */
  adopt(request: {
    readonly base: string
    readonly content?: string
    readonly describe: CommitDescription
  }): Promise<string | null>
  /**
   * Puts other contents in the place of files, following no links, until the next `restore`. Nothing is recorded.
   */
  substitute(files: Substitutes): Promise<void>
  /**
   * Every operation on the files makes sure of this, too: the folder is the one that was opened, and still a worktree.
   *
   * @throws GumpError GUMP-G016
   */
  demandIntact(): Promise<void>
  /** What is in it and not in its branch, ignored files included; `.gump/out/` aside. */
  untracked(): Promise<readonly UntrackedEntry[]>
  /** Empties `.gump/out/`. */
  emptyOut(): Promise<void>
  /**
   * Builds a view of the repository in the folder `place`, for the git of one program that runs in the worktree. What
   * it writes lands there and is never taken over; the caller removes the folder. `again`: refs that were listed for
   * an earlier view are good enough.
   */
  gitView(request: { readonly place: string; readonly again?: boolean }): Promise<GitView>
}

/** Names of what was looked at, each with a text that differs when its value does. */
export type Watched = Readonly<Record<string, string>>

/** How a sandbox makes git work on a view instead of the user's `.git`, which is to be read-only otherwise. */
export interface GitView {
  /** What is at `source` has to be seen at `target`, writable unless `readOnly`. */
  readonly binds: readonly {
    readonly source: string
    readonly target: string
    readonly readOnly?: boolean
  }[]
  /** Git folders of the worktree's own submodules. */
  readonly writable: readonly string[]
  /** Folders outside of the repository that git reads: alternates, and remotes on this machine. */
  readonly reads: readonly string[]
}

/** A file, or a folder that holds nothing tracked; folders end in a slash. */
export interface UntrackedEntry {
  readonly path: string
  /** Changes with the file; null for folders. */
  readonly stamp: string | null
}

/** A folder that was not removed, and why. */
export interface KeptWorktree {
  readonly dir: string
  readonly reason: string
}

/** A run whose worktrees are no longer needed. */
export interface RetireRequest {
  readonly runId: string
  /** Where its worktrees are looked for, besides where git knows them. */
  readonly folders: readonly string[]
  /** What was made when the worktree of this name was set up. */
  readonly setUp: (name: string) => readonly UntrackedEntry[]
}

/** Two commits to merge, and the one that both come from. */
export interface Integration {
  readonly ours: string
  readonly theirs: string
  readonly base: string
  /** Full name of the ref that will be moved to the result: when it is at this very merge already, that is the result. */
  readonly branch?: string
  readonly describe: CommitDescription
}

/** The outcome of a merge: a commit, or the paths in conflict. */
export type IntegrationResult =
  | { readonly status: 'merged'; readonly commit: string }
  | { readonly status: 'conflict'; readonly files: readonly string[] }

/** How a run enters the user's branch: a merge commit, one squashed commit, a fast-forward, or a branch of its own. */
export type ApplyMode = 'merge' | 'squash' | 'ff' | 'branch'

/** A run to apply. `commit` is the tip of what is taken. */
export interface ApplyRequest {
  readonly runId: string
  /** What people call the run; absent: its id. */
  readonly alias?: string
  readonly commit: string
  readonly mode: ApplyMode
  readonly branchName?: string
  readonly keepConflicts?: boolean
  readonly describe: CommitDescription
  /** Untracked files that may be overwritten when they equal what the run saw: the run's spec. */
  readonly expendable?: readonly string[]
}
/** A submodule whose commit an apply has changed. */
export interface AppliedSubmodule {
  readonly path: string
  readonly commit: string
  /** The user's checkout of it is at that commit now; false: it was changed, elsewhere, or not there. */
  readonly checkedOut: boolean
}

/** What applying did. `commit` is where the user's branch, or the new one, stands afterwards. */
export interface ApplyResult {
  readonly status: 'merged' | 'squashed' | 'fast-forwarded' | 'branched' | 'nothing-to-do' | 'conflicts-kept'
  readonly commit: string
  readonly files: readonly ChangedFile[]
  readonly conflicts?: readonly string[]
  readonly submodules?: readonly AppliedSubmodule[]
}

/** A commit as Gump reads it back. */
export interface CommitFacts {
  readonly commit: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly subject: string
  /** Unescaped values of the trailers in the last paragraph; see `parseTrailers`. */
  readonly trailers: Readonly<Record<string, string>>
}

/** What a run has left in the repository, as git alone tells it. */
export interface RunTrace {
  readonly runId: string
  readonly branches: readonly string[]
  /** Where `gump/run-<id>` stands; null when that branch is gone. */
  readonly tip: string | null
  /** Commits that its branches and refs name. */
  readonly commits: readonly string[]
  /** Folders of its worktrees, which may be gone. */
  readonly worktrees: readonly string[]
}

/** Which commit a line of a file comes from. */
export interface BlamedLine {
  readonly commit: string
  /** Line number in `commit`, from 1. */
  readonly originalLine: number
  /** The line decoded as UTF-8, without its newline. */
  readonly text: string
}

/** What git tells of runs; nothing of it changes anything. */
export interface RunsInGit {
  facts(): Promise<RepositoryFacts>
  /**
   * True when the user's current branch holds this commit, the last one of a run: merged, squashed by apply, or rewritten
   * by a rebase since then. Earlier commits of the run do not count.
   */
  isApplied(runId: string, commit: string): Promise<boolean>
  /** What runs have left, whether or not anything else is known of them. */
  runTraces(): Promise<readonly RunTrace[]>
  /**
   * Ids of the runs among these, as far as that is known without git; null: it is not. A run that is `known` need not be
   * among them.
   */
  tracedRuns(known: (runId: string) => boolean): Promise<ReadonlySet<string> | null>
  /** How many commits, these and their ancestors, would be lost without the refs of runs: nothing of the user's holds them. */
  countOnlyInRuns(commits: readonly string[]): Promise<number>
  /**
   * Where the worktree of this name is: in one of these folders, or where git knows it. Only a folder whose `.git` file leads
   * back to this repository counts; null: there is none.
   */
  locateWorktree(name: string, folders: readonly string[]): Promise<string | null>
  /** Ends long-lived git processes. */
  close(): Promise<void>
}

/** Seam: everything that touches git goes through one of these. */
export interface WorkspaceProvider extends RunsInGit {
  changes(options?: ChangesOptions): Promise<WorkingTreeChanges>
  /**
   * Keeps `.gump/runs/`, `.gump/worktrees/`, `.gump/out/` out of git through the common `info/exclude`, and `brought`:
   * paths relative to the root that are brought into worktrees and must never be committed.
   */
  excludeOwnFolders(brought?: readonly string[]): Promise<void>
  /**
   * The content filters that a commit uses, as the user has configured them; `env` is what their drivers may see.
   *
   * @throws GumpError GUMP-P011 when one that is required cannot run.
   */
  contentFilters(request: {
    readonly commit: string
    readonly env: Readonly<Record<string, string | undefined>>
  }): Promise<ContentFilters>
  /**
   * Creates or re-opens the worktree `dir` on `branch` at `commit`. Without `filters` content is taken as it is stored;
   * with `submodules`, those that the user's repository has are checked out, nested ones too.
   */
  openWorktree(request: {
    readonly dir: string
    readonly branch: string
    readonly commit: string
    readonly filters?: RunnableFilters
    readonly submodules?: boolean
  }): Promise<Worktree>
  /** Takes up a worktree as it is: no file, index or branch is changed, however the process that made it ended. */
  reopenWorktree(request: {
    readonly dir: string
    readonly branch: string
    readonly filters?: RunnableFilters
    readonly submodules?: boolean
  }): Promise<Worktree>
  removeWorktree(dir: string, branch: string | null): Promise<void>
  /**
   * The settings that git follows in this repository: configuration, hooks, attributes, alternates, and where the registrations of
   * the user's worktrees lead. Cheap: no git runs.
   */
  gitSettings(): Promise<Watched>
  /** Where HEAD, branches, tags and the files of the user's working tree are; ignored files are not looked at. */
  checkoutState(): Promise<Watched>
  /** The tops of the user's working trees: the main one and all linked ones, those of runs too. */
  workingTrees(): Promise<readonly string[]>
  /** Three-way merge of trees into a two-parent commit; moves no ref. */
  integrate(request: Integration): Promise<IntegrationResult>
  /** Points `ref` at `to` when it is at `from` (null: must not exist); GUMP-G002 otherwise. */
  moveRef(ref: string, from: string | null, to: string): Promise<void>
  /** What differs between two commits. */
  changedFiles(from: string, to: string): Promise<readonly ChangedFile[]>
  /** Paths of all files of a commit. */
  listFilesAt(commit: string): Promise<readonly string[]>
  readFileAt(commit: string, path: string): Promise<Uint8Array | null>
  apply(request: ApplyRequest): Promise<ApplyResult>
  /** True for a worktree of another repository. */
  isForeign(dir: string): Promise<boolean>
  /** Refs of the user's in whose place Gump's branches and refs would have to be. */
  collidingRefs(): Promise<readonly string[]>
  /**
   * Removes the worktrees of a run and the branches of its tasks, but for worktrees that hold more than their branch; these
   * are returned. The run's own branch and its refs stay.
   */
  retireRun(request: RetireRequest): Promise<readonly KeptWorktree[]>
  /** Removes worktrees, branches and refs of a run. Returns folders that stay, because nothing says that they are its. */
  removeRun(runId: string, folders?: readonly string[]): Promise<readonly KeptWorktree[]>
}

/** What `openWorkspace` returns: a {@link WorkspaceProvider} that also reads history. */
export interface GitWorkspace extends WorkspaceProvider {
  /** @throws GumpError GUMP-G001 when there is no such commit. */
  readCommit(commit: string): Promise<CommitFacts>
  /** The commits of all lines of a file at a commit, in the order of the lines. */
  blameLines(commit: string, path: string): Promise<readonly BlamedLine[]>
}

/** The parts of a commit object. */
export interface CommitParts {
  readonly tree: string
  readonly parents: readonly string[]
  /** `Name <mail> 1700000000 +0000` */
  readonly author: string
  readonly committer: string
  /** Subject, blank line, body; ends with a newline. */
  readonly message: string
}

/** Who a commit is from. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/** The author or committer line of `identity` at a time in epoch milliseconds. */
export function signature({ name, email }: Identity, at: number): string {
  return `${headerText(name) || 'unknown'} <${headerText(email)}> ${Math.floor(at / 1000)} +0000`
}

/** What git itself leaves out of names: angle brackets and control characters would end the header early. */
function headerText(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}<>]+/gu, ' ').trim()
}

/** The content of a commit object. */
export function renderCommit({ tree, parents, author, committer, message }: CommitParts): Buffer {
  const headers = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    `committer ${committer}`,
  ]
  return Buffer.from(`${headers.join('\n')}\n\n${message}`)
}

/** Reads a commit object's content; headers that Gump does not need are skipped. */
export function parseCommit(content: Buffer): CommitParts {
  const text = content.toString('utf8')
  const end = text.indexOf('\n\n')
  const headers = (end === -1 ? text : text.slice(0, end)).split('\n')
  const values = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
  return {
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    author: values('author')[0] ?? '',
    committer: values('committer')[0] ?? '',
    message: end === -1 ? '' : text.slice(end + 2),
  }
}

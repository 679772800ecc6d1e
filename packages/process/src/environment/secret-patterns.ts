/**
 * Names of environment variables that hold secrets, as globs (`*` only, any case). This is the one list of Gump: such
 * variables are kept from project code, and their values masked wherever Gump writes or shows something. So is the
 * password of every URL in a variable of any name.
 */
export const DEFAULT_SECRET_PATTERNS: readonly string[] = [
  '*API_KEY',
  '*_APIKEY',
  '*ACCESS_KEY*',
  '*PRIVATE_KEY',
  '*_ENCRYPTION_KEY',
  '*_SIGNING_KEY',
  '*_TOKEN',
  'TOKEN',
  '*_SECRET*',
  'SECRET*',
  '*PASSWORD',
  '*PASSWD',
  '*PASSPHRASE',
  '*_PWD',
]

/** What people write where no secret is needed. Masking these would blank ordinary words, and hide nothing. */
const words = new Set(
  `admin administrator changeit changeme default development disabled dummysecret enabled example false guest
  localhost mariadb minioadmin mongodb mysqlpassword none null optional p4ssw0rd passw0rd password password1 placeholder
  postgres postgresql production rabbitmq required secret secretsecret supersecret test test1234 testing testpassword
  testtest true undefined username`.split(/\s+/u),
)

/** True for a text that is no secret wherever it stands. */
export function isNoSecret(value: string): boolean {
  const text = value.trim()
  return text === '' || words.has(text.toLowerCase())
}

/** A URL with a user and a password; the authority ends at the first `/`, `?` or `#`, and its user at the last `@`. */
const withUser = /[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/?#"'<>]+)@/giu

/** The passwords of the URLs in a text, as they are written and as they are meant; those that are no secrets aside. */
export function urlPasswords(text: string): readonly string[] {
  if (!text.includes('://')) return []
  const found = new Set<string>()
  for (const [, user = ''] of text.matchAll(withUser)) {
    const colon = user.indexOf(':')
    const password = colon === -1 ? '' : user.slice(colon + 1)
    const meant = decoded(password)
    if (!isNoSecret(meant)) found.add(password).add(meant)
  }
  return [...found]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What stands where a secret stood. */
export const MASK = '•••'

/** Names of what is secret, as people call variables, options, headers and fields. */
const NAME =
  '(?:pass(?:wd|word|phrase|code)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|signing[-_]?key|account[-_]?key|credentials?|auth|cookie|session[-_]?(?:id|key)|dsn|pat)'
/** A value in quotes, which may hold spaces, or up to the next space. */
const VALUE = `(?:"(?:[^"\\\\\\n]|\\\\.){0,4000}"|'[^'\\n]{0,4000}'|[^\\s"'&;|)]{1,4000})`

type Rule = { readonly pattern: RegExp; readonly instead: string }

/**
 * What a person types that holds a secret. Each has its secret in what is replaced, and keeps enough around it to be understood.
 * Quantifiers are bounded or cannot overlap, so that a hostile text is read in time that grows with its length.
 */
const RULES: readonly Rule[] = [
  {
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----|$)/g,
    instead: `[private key ${MASK}]`,
  },
  // https://user:secret@host, postgres://:secret@host
  { pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"]{0,200}):[^\s/'"]{1,500}@/gi, instead: `$1:${MASK}@` },
  // A header in quotes goes to the end of them, whatever other quotes it holds.
  {
    pattern: /(["'])((?:(?:proxy-)?authorization|(?:set-)?cookie)\s{0,5}:\s{0,5})(?:(?!\1)[^\n]){1,4000}/gi,
    instead: `$1$2${MASK}`,
  },
  // Any other goes to the end of its line: what follows the scheme may hold spaces and commas.
  { pattern: /\b((?:proxy-)?authorization["']?\s{0,5}[:=]\s{0,5}["']?)[^\n"']{1,4000}/gi, instead: `$1${MASK}` },
  { pattern: /\b((?:set-)?cookie["']?\s{0,5}:\s{0,5}["']?)[^\n"']{1,4000}/gi, instead: `$1${MASK}` },
  { pattern: /\b(bearer|basic)\s{1,5}[A-Za-z0-9._~+/=-]{8,4000}/gi, instead: `$1 ${MASK}` },
  // curl -u user:secret, --user user:secret, --proxy-user user:secret
  {
    pattern: /((?:^|\s)(?:-[a-zA-Z]{0,5}u|--(?:proxy-)?user)(?:\s{1,5}|=)?["']?[^\s:"'=]{1,100}):[^\s"']{1,500}/g,
    instead: `$1:${MASK}`,
  },
  // Tools whose short option is a password.
  {
    pattern:
      /\b((?:mysql\w{0,10}|mariadb\w{0,10}|mongo\w{0,10}|sshpass|docker\s+login|podman\s+login|redis-cli|ldap\w{0,10})\b[^\n|;&]{0,300}?\s-(?:p|a|w)\s?)(?!\s)["']?[^\s"'-][^\s"']{0,500}/g,
    instead: `$1${MASK}`,
  },
  // --password x, --db-password=x, -token x
  {
    pattern: new RegExp(
      `((?:^|\\s)--?(?:[a-z0-9]{1,20}[-_]){0,4}${NAME}(?:[-_][a-z0-9]{1,20}){0,2}(?:\\s{1,5}|=))(?!-)${VALUE}`,
      'gi',
    ),
    instead: `$1${MASK}`,
  },
  // DB_PASSWORD=x, password=x, "apiKey": "x", token: x
  {
    pattern: new RegExp(
      `((?:\\b|_)(?:[a-z0-9]{0,40}[-_.]){0,6}[a-z0-9]{0,30}?${NAME}(?:[-_][a-z0-9]{1,20}){0,3}["']?\\s{0,3}[:=]\\s{0,3})(?!${MASK})${VALUE}`,
      'gi',
    ),
    instead: `$1${MASK}`,
  },
  // What stands in a variable and looks drawn by lot is one, whatever the variable is called.
  {
    pattern:
      /\b([A-Z][A-Z0-9_]{2,60}=)["']?(?=[A-Za-z0-9+/_=-]{0,200}\d)(?=[A-Za-z0-9+/_=-]{0,200}[A-Za-z])[A-Za-z0-9+/_=-]{24,500}["']?/g,
    instead: `$1${MASK}`,
  },
  // JSON Web Tokens, and tokens that say by their beginning what they are.
  { pattern: /\beyJ[A-Za-z0-9_-]{8,4000}(?:\.[A-Za-z0-9_-]{4,4000}){1,4}/g, instead: MASK },
  {
    pattern:
      /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,100}|xox[a-z]-[\w-]{8,255}|xapp-[\w-]{8,255}|(?:AKIA|ASIA)[A-Z0-9]{16}|sk[-_](?:live|test|proj|ant)[-_][\w-]{8,255}|npm_[A-Za-z0-9]{30,50}|AIza[\w-]{30,50})\b/g,
    instead: MASK,
  },
  {
    pattern: /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{8,255}/g,
    instead: `hooks.slack.com/${MASK}`,
  },
]

/** The text without what these rules find. */
export function maskPatterns(text: string): string {
  return RULES.reduce((masked, { pattern, instead }) => masked.replace(pattern, instead), text)
}

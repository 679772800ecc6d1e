import type { FailureKind } from '../contract.js'

// Names that programs and providers give to errors, in lower case without separators: `error` of a message of Claude
// Code, `type` and `code` of the APIs, `name` of OpenCode, `type` of Gemini CLI, `errorType` of Copilot, `code` of Kimi Code,
// `status` of gRPC.
const KIND_OF_NAME: Readonly<Record<string, FailureKind>> = {
  authentication: 'sign_in',
  authenticationerror: 'sign_in',
  authenticationfailed: 'sign_in',
  authrequired: 'sign_in',
  permissionerror: 'sign_in',
  permissiondenied: 'sign_in',
  unauthenticated: 'sign_in',
  unauthorized: 'sign_in',
  oauthorgnotallowed: 'sign_in',
  invalidapikey: 'sign_in',
  tokenexpired: 'sign_in',
  providerautherror: 'sign_in',
  fatalauthenticationerror: 'sign_in',
  authloginrequired: 'sign_in',
  authtokenmissing: 'sign_in',
  authtokenunauthorized: 'sign_in',
  authprovisioningrequired: 'sign_in',
  ratelimit: 'quota',
  providerratelimit: 'quota',
  ratelimited: 'quota',
  ratelimiterror: 'quota',
  ratelimitexceeded: 'quota',
  usagelimitreached: 'quota',
  usagelimitexceeded: 'quota',
  freeusagelimiterror: 'quota',
  gousagelimiterror: 'quota',
  quota: 'quota',
  quotaexceeded: 'quota',
  resourceexhausted: 'quota',
  sessionquotaexceeded: 'quota',
  billingerror: 'credit',
  insufficientquota: 'credit',
  exceededcurrentquotaerror: 'credit',
  creditserror: 'credit',
  paymentrequired: 'credit',
  overloaded: 'overload',
  provideroverloaded: 'overload',
  overloadederror: 'overload',
  serveroverloaded: 'overload',
  serverisoverloaded: 'overload',
  modelcapacityexhausted: 'overload',
  unavailable: 'overload',
  modelnotfound: 'model',
  authmodelnotresolved: 'model',
  notfounderror: 'model',
  modelnotsupported: 'model',
  providermodelnotfounderror: 'model',
  modelblocked: 'model',
  contextoverflow: 'context',
  contextoverflowerror: 'context',
  contextwindowexceeded: 'context',
  contextlengthexceeded: 'context',
  modelcontextwindowexceeded: 'context',
  requesttoolarge: 'context',
  contextlimit: 'context',
  refusal: 'refusal',
  providerfiltered: 'refusal',
  contentfilter: 'refusal',
  contentpolicyviolation: 'refusal',
  cyberpolicy: 'refusal',
  modelnotconfigured: 'configuration',
  modelconfiginvalid: 'configuration',
  fatalconfigerror: 'configuration',
  fatalinputerror: 'configuration',
  fataluntrustedworkspaceerror: 'configuration',
  configinvaliderror: 'configuration',
  configjsonerror: 'configuration',
  fatalturnlimitederror: 'budget',
  sessionbudgetexceeded: 'budget',
  messageoutputlengtherror: 'length',
  maxoutputtokens: 'length',
  servererror: 'server',
  internalservererror: 'server',
  apierror: 'server',
  providerapierror: 'server',
  timeouterror: 'network',
  providerconnectionerror: 'network',
  httpconnectionfailed: 'network',
  responsestreamdisconnected: 'network',
  responsestreamconnectionfailed: 'network',
  invalidrequest: 'request',
  invalidrequesterror: 'request',
  badrequest: 'request',
}

// They say little: what the message says counts before them.
const VAGUE: ReadonlySet<FailureKind> = new Set<FailureKind>(['request', 'server', 'network'])

/** What a name that a program or provider gives to an error stands for, or null. */
export function kindOfName(name: string): FailureKind | null {
  const key = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return Object.hasOwn(KIND_OF_NAME, key) ? (KIND_OF_NAME[key] ?? null) : null
}

/** True for kinds that a name or a status tells, and of which the message often knows more. */
export function isVague(kind: FailureKind): boolean {
  return VAGUE.has(kind)
}

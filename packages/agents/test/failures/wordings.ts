import type { FailureKind, RetryTime } from '@gump/agents'

/** How providers, proxies and libraries say it that stand behind the programs, by what it is about. */
export const WORDINGS: readonly (readonly [kind: FailureKind, text: string])[] = [
  ['quota', 'You have used 100% of your weekly allowance.'],
  ['quota', "Your plan's included usage has been exhausted. It renews on 3 Dec 2026, 12:00 UTC."],
  ['quota', 'Daily request allowance used up; next refill in 6h 12m.'],
  ['quota', 'ThrottlingException: Too many tokens, please wait before trying again.'],
  ['quota', 'max organization concurrency exceeded'],
  [
    'quota',
    'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current pricing tier. Please retry after 27 seconds.',
  ],
  ['quota', 'Request was throttled. Expected available in 41 seconds.'],
  ['overload', 'upstream connect error or disconnect/reset before headers. reset reason: overflow'],
  ['overload', 'no healthy upstream'],
  ['credit', 'Your prepaid balance has run out'],
  ['credit', 'Insufficient account balance, please top up'],
  ['credit', 'You have no credits left'],
  [
    'sign_in',
    'The api_key client option must be set either by passing api_key to the client or by setting the OPENAI_API_KEY environment variable',
  ],
  ['sign_in', 'Missing credentials. Run `auggie login`.'],
  ['sign_in', 'You are not authenticated. Run "crush login".'],
  [
    'sign_in',
    'Error: Could not resolve authentication method. Expected either apiKey or authToken to be set.',
  ],
  ['sign_in', 'Your API key has been disabled'],
  ['sign_in', 'The security token included in the request is expired'],
  ['sign_in', 'Could not load credentials from any providers'],
  ['model', 'ProviderModelNotFoundError: ProviderModelNotFoundError\n data: {\n providerID: "x"'],
  ['model', 'No endpoints found for foo/bar.'],
  ['model', 'model "llama9" not found, try pulling it first'],
  ['model', 'The model claude-3-opus has been deprecated'],
  ['context', 'Range of input length should be [1, 98304]'],
  ['context', 'input length and `max_tokens` exceed context limit: 190000 + 21333 > 200000'],
  ['network', 'net::ERR_INTERNET_DISCONNECTED'],
  ['network', 'dial tcp: lookup api.anthropic.com on 127.0.0.53:53: no such host'],
  ['network', 'Post "https://api.example.com/v1": dial tcp 192.0.2.1:443: i/o timeout'],
  [
    'network',
    "HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: /v1 (Caused by NewConnectionError)",
  ],
  ['network', 'tls: failed to verify certificate: x509: certificate signed by unknown authority'],
  ['network', 'Temporary failure in name resolution'],
  ['network', 'The operation timed out'],
  ['configuration', 'flag provided but not defined: -foo'],
  ['configuration', 'unrecognized arguments: --auto high'],
]

/** What a failed launch may say that is about the work, not about its provider. */
export const ABOUT_THE_WORK: readonly string[] = [
  'The tests fail: expected 3 to be 4',
  'I could not find the function in the repository',
  "TypeError: Cannot read properties of undefined (reading 'model')",
  'The rate limiter in src/limit.ts has a bug',
  'the login page is not rendered',
  'the balance of the two trees is wrong',
  'the first argument has been removed',
  'Exec failed',
  'exit code 1',
]

/** When they say to come back. */
export const MOMENTS: readonly (readonly [text: string, moment: RetryTime])[] = [
  ['resets 10:30pm IST', { localTime: '22:30', zone: 'Asia/Kolkata' }],
  ['resets 9pm AEST', { localTime: '21:00', zone: 'Australia/Sydney' }],
  ['resets 6am HST', { localTime: '06:00', zone: 'Pacific/Honolulu' }],
  ['resets 6am AKST', { localTime: '06:00', zone: 'America/Anchorage' }],
  ['Limit will be lifted at 18:00 MSK', { localTime: '18:00', zone: 'Europe/Moscow' }],
  ['resets 4pm (Etc/GMT+3)', { localTime: '16:00', zone: 'Etc/GMT+3' }],
  ['resets 9pm (UTC+5:30)', { localTime: '21:00', zone: '+05:30' }],
  [
    'resets 7pm (America/Argentina/Buenos_Aires)',
    { localTime: '19:00', zone: 'America/Argentina/Buenos_Aires' },
  ],
  ['Try again in 00:34:12', { afterMs: 2_052_000 }],
  ['next refill in 6h 12m', { afterMs: 22_320_000 }],
  ['Come back in half an hour', { afterMs: 1_800_000 }],
  ['try again in one hour', { afterMs: 3_600_000 }],
  ['try again in two days', { afterMs: 172_800_000 }],
  ['available again on 05.12.2026 at 10:00', { localTime: '2026-12-05T10:00' }],
  ['access restored on 2026/12/05', { localTime: '2026-12-05T00:00' }],
  ['resets next Monday at 8am', { localTime: 'monT08:00' }],
  ['resets on the 1st', { localTime: 'monthT00:00' }],
  ['resets on the 1st of January', { localTime: '01-01T00:00' }],
  ['Usage resets daily at 5:30 AM', { localTime: '05:30' }],
  ['Sorry, you can use it again from 4 PM PDT', { localTime: '16:00', zone: 'America/Los_Angeles' }],
  ['x-ratelimit-reset-requests: 6m0s', { afterMs: 360_000 }],
  ['resets Feb 29 at 5am (UTC)', { localTime: '02-29T05:00', zone: 'UTC' }],
]

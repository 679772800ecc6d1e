import type { FailureKind } from '@gump/agents'

/**
 * What programs and providers say, by program and what it is about. From the programs' packages: Claude Code 2.1.197, Codex
 * 0.171.0, Gemini CLI 0.61.0, Qwen Code 0.15.10, OpenCode 1.18.33, Copilot CLI 1.0.102, pi 0.74.2, Kimi Code 2.1.0, and
 * from reports of their users.
 */
export const TEXTS: readonly (readonly [program: string, kind: FailureKind, text: string])[] = [
  ['claude', 'quota', "You've hit your limit · resets 4pm (America/Los_Angeles)"],
  ['claude', 'quota', "You've hit your session limit · resets 4:20am (Europe/Warsaw)"],
  ['claude', 'quota', "You've hit your weekly limit · resets Apr 24, 9am (UTC)"],
  ['claude', 'quota', "You've hit your Opus limit · resets 12pm (Europe/London)"],
  ['claude', 'quota', 'Claude usage limit reached. Your limit will reset at 9am (America/Chicago).'],
  ['claude', 'quota', 'Claude AI usage limit reached|1795936568'],
  ['claude', 'quota', "You're out of extra usage · resets 3:30pm (Asia/Tokyo)"],
  [
    'claude',
    'quota',
    'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-04 at 00:00 UTC.',
  ],
  [
    'claude',
    'quota',
    'API Error: 429 {"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your account\'s rate limit. Please try again later."}}',
  ],
  ['claude', 'quota', 'API Error: Request rejected (429) · slow down'],
  ['claude', 'credit', 'Credit balance is too low'],
  ['claude', 'credit', "You've hit your monthly spend limit. /model to switch models."],
  ['claude', 'credit', "You're out of usage credits · resets 9pm (UTC)"],
  ['claude', 'credit', 'Your organization is out of usage credits. Contact your admin to add more.'],
  [
    'claude',
    'overload',
    'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded."}}',
  ],
  [
    'claude',
    'overload',
    'API Error: 529 Overloaded. This is a server-side issue, usually temporary — try again in a moment.',
  ],
  ['claude', 'overload', 'API Error: Server is temporarily limiting requests (not your usage limit)'],
  [
    'claude',
    'overload',
    'API Error: Repeated 529 Overloaded errors. The API is at capacity — this is usually temporary. Try again in a moment.',
  ],
  [
    'claude',
    'sign_in',
    'API Error: 401 {"type":"error","error":{"type":"authentication_error","message":"OAuth token has expired."}} · Please run /login',
  ],
  ['claude', 'sign_in', 'Failed to authenticate: OAuth session expired and could not be refreshed'],
  ['claude', 'sign_in', 'Failed to authenticate. API Error: 401 OAuth token has expired. Please run /login'],
  ['claude', 'sign_in', 'Not logged in · Please run /login'],
  ['claude', 'sign_in', 'Invalid API key · Fix external API key'],
  ['claude', 'sign_in', 'OAuth token revoked · Please run /login'],
  [
    'claude',
    'sign_in',
    'Your ANTHROPIC_API_KEY belongs to a disabled organization · Update or unset the environment variable',
  ],
  [
    'claude',
    'model',
    "There's an issue with the selected model (claude-9). It may not exist or you may not have access to it. Run --model to pick a different model.",
  ],
  ['claude', 'context', 'Prompt is too long'],
  ['claude', 'context', 'Conversation too long. Press esc twice to go up a few messages and try again.'],
  [
    'claude',
    'context',
    'API Error: 413 {"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}',
  ],
  [
    'claude',
    'refusal',
    'API Error: Claude Code is unable to respond to this request, which appears to violate our Usage Policy (https://www.anthropic.com/legal/aup).',
  ],
  ['claude', 'network', 'API Error: Unable to connect to API (ECONNREFUSED)'],
  [
    'claude',
    'server',
    'API Error: 500 {"type":"error","error":{"type":"api_error","message":"Internal server error"}}',
  ],
  ['claude', 'request', 'API Error: 400 due to tool use concurrency issues.'],

  [
    'codex',
    'quota',
    "You've hit your usage limit. To get more access now, send a request to your admin or try again at 2:57 PM.",
  ],
  [
    'codex',
    'quota',
    "You've hit your usage limit for GPT-6-Sol. Switch to another model now, or try again at Dec 4th, 2026 1:00 AM.",
  ],
  [
    'codex',
    'quota',
    '{"type":"error","error":{"type":"usage_limit_reached","message":"The usage limit has been reached","plan_type":"plus","resets_at":1795936568,"resets_in_seconds":13872},"status_code":429}',
  ],
  ['codex', 'quota', 'exceeded retry limit, last status: 429 Too Many Requests'],
  ['codex', 'overload', 'Selected model is at capacity. Please try a different model.'],
  ['codex', 'overload', 'Policy-restricted capacity is unavailable. Please try again later.'],
  ['codex', 'overload', 'We’re currently experiencing high demand, which may cause temporary errors.'],
  ['codex', 'credit', 'Quota exceeded. Check your plan and billing details.'],
  ['codex', 'credit', 'You exceeded your current quota, please check your plan and billing details.'],
  [
    'codex',
    'credit',
    'Your workspace is out of credits. Ask your workspace owner to refill in order to continue.',
  ],
  ['codex', 'credit', 'You hit your spend cap set in your workspace. Increase your spend cap to continue.'],
  [
    'codex',
    'sign_in',
    'Your access token could not be refreshed because your refresh token was already used. Please log out and sign in again.',
  ],
  [
    'codex',
    'sign_in',
    'Your access token could not be refreshed because you have since logged out or signed in to another account. Please sign in again.',
  ],
  [
    'codex',
    'sign_in',
    'unexpected status 401 Unauthorized: Missing bearer or basic authentication in header',
  ],
  ['codex', 'budget', 'shared rollout token budget exhausted'],
  [
    'codex',
    'context',
    "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
  ],
  [
    'codex',
    'context',
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
  ],
  ['codex', 'model', "The 'gpt-9' model is not supported when using Codex with a ChatGPT account."],
  ['codex', 'model', 'The model `gpt-9` does not exist or you do not have access to it.'],
  [
    'codex',
    'refusal',
    'stream disconnected before completion: Incomplete response returned, reason: content_filter',
  ],
  ['codex', 'refusal', "Invalid prompt: we've limited access to this content for safety reasons."],
  [
    'codex',
    'network',
    'stream disconnected before completion: error sending request for url (https://api.openai.com/v1/responses)',
  ],

  ['gemini', 'quota', '[API Error: Resource has been exhausted (e.g. check quota).]'],
  ['gemini', 'quota', 'You have exhausted your daily quota on this model.'],
  [
    'gemini',
    'quota',
    'You have exhausted your capacity on this model. Your quota will reset after 3h22m10s.',
  ],
  [
    'gemini',
    'quota',
    '[API Error: {"error":{"code":429,"message":"Quota exceeded for quota metric \'Generate requests\'","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"34s"}]}}]',
  ],
  [
    'gemini',
    'overload',
    '[API Error: {"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}]',
  ],
  ['gemini', 'overload', 'No capacity available for model gemini-3.1-pro-preview on the server'],
  [
    'gemini',
    'sign_in',
    'Please set an Auth method in your settings.json or specify one of the following environment variables before running: GEMINI_API_KEY',
  ],
  [
    'gemini',
    'sign_in',
    '[API Error: {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]',
  ],
  [
    'gemini',
    'context',
    'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).',
  ],
  [
    'gemini',
    'model',
    'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
  ],
  [
    'gemini',
    'configuration',
    'Gemini CLI is not running in a trusted directory. To proceed, either use `--skip-trust`, or trust this directory',
  ],

  ['qwen', 'quota', '[API Error: Qwen OAuth quota exceeded: Your free daily quota has been reached.]'],
  ['qwen', 'quota', '[API Error: 429 Rate limit exceeded. Please wait and try again.]'],
  ['qwen', 'credit', '[API Error: 403 Free allocated quota exceeded. insufficient_quota]'],
  [
    'qwen',
    'credit',
    '[API Error: 400 Access denied, please make sure your account is in good standing. Arrearage]',
  ],
  [
    'qwen',
    'refusal',
    '[API Error: 400 Input data may contain inappropriate content. data_inspection_failed]',
  ],
  ['qwen', 'sign_in', 'No auth type is selected. Please configure an auth type before running.'],
  [
    'qwen',
    'context',
    '[API Error: 400 Range of input length should be: maximum context length is 131072 tokens]',
  ],

  ['opencode', 'quota', 'Free usage exceeded, subscribe to Go https://opencode.ai/go'],
  ['opencode', 'quota', 'FreeUsageLimitError: Rate limit exceeded. Please try again later.'],
  ['opencode', 'quota', 'Monthly usage limit reached'],
  ['opencode', 'credit', 'Insufficient balance. Manage your billing here: https://opencode.ai/billing'],
  ['opencode', 'credit', 'This request requires more credits, or fewer max_tokens.'],
  ['opencode', 'overload', 'Provider is overloaded'],
  ['opencode', 'context', 'Input exceeds context window of this model'],
  ['opencode', 'context', 'Request too large'],
  ['opencode', 'model', 'Model not found: acme/nothing'],

  [
    'cursor',
    'quota',
    "You've hit your usage limit. Get Cursor Pro for more Agent usage. Your usage limits will reset when your monthly cycle ends on 12/5/2026.",
  ],
  ['cursor', 'quota', 'ConnectError: [resource_exhausted] Error'],
  [
    'cursor',
    'sign_in',
    "Authentication required. Please run 'cursor-agent login' first, or set CURSOR_API_KEY environment variable.",
  ],
  ['cursor', 'model', 'Cannot use this model: gpt-9. Available models: auto, sonnet'],
  [
    'cursor',
    'overload',
    'We are experiencing high demand for this model right now. Please switch to auto or try again.',
  ],

  [
    'copilot',
    'quota',
    "Sorry, you've hit a rate limit that restricts the number of Copilot model requests you can make within a specific time period. Please try again in 2 hours.",
  ],
  ['copilot', 'quota', '{"message":"You have no quota","code":"quota_exceeded"}'],
  [
    'copilot',
    'quota',
    'Model call failed: {"message":"Sorry, you have exceeded your Copilot token usage.","code":"rate_limited"}',
  ],
  [
    'copilot',
    'quota',
    'You have exceeded your premium request allowance. Enable additional paid premium requests to continue using premium models.',
  ],
  ['copilot', 'sign_in', 'Error: No authentication information found.'],

  [
    'pi',
    'quota',
    'Error: Codex error: {"type":"error","error":{"type":"usage_limit_reached","message":"The usage limit has been reached","resets_in_seconds":13872},"status_code":429}',
  ],
  [
    'pi',
    'credit',
    '429 {"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota"}}',
  ],
  [
    'pi',
    'quota',
    '429 {"error":{"message":"We\'re receiving too many requests at the moment. Please wait before trying again.","type":"rate_limit_reached_error"}}',
  ],
  ['pi', 'sign_in', 'No API key found for anthropic. Use /login or set an API key environment variable.'],
  ['pi', 'network', 'TypeError: fetch failed'],
]

/** When they say to come back, and what that is. */
export const TIMES: readonly (readonly [text: string, moment: object])[] = [
  [
    "You've hit your limit · resets 4pm (America/Los_Angeles)",
    { localTime: '16:00', zone: 'America/Los_Angeles' },
  ],
  [
    "You've hit your limit · resets Apr 23 at 4pm (America/Recife)",
    { localTime: '04-23T16:00', zone: 'America/Recife' },
  ],
  ['Your limit will reset at 9am (America/Chicago).', { localTime: '09:00', zone: 'America/Chicago' }],
  ['You will regain access on 2026-12-04 at 00:00 UTC.', { localTime: '2026-12-04T00:00', zone: 'UTC' }],
  ["You've hit your usage limit. try again in 2 days 17 hours 14 minutes.", { afterMs: 234_840_000 }],
  [
    '{"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}',
    { afterMs: 34_000 },
  ],
  ['"retryDelay": "34.074824224s"', { afterMs: 34_075 }],
  ['usage_limit_reached: {"resets_at":1795936568,"resets_in_seconds":13872}', { epochMs: 1_795_936_568_000 }],
  ['{"resets_in_seconds":13872}', { afterMs: 13_872_000 }],
  ['{"reset_at":"2026-12-04T05:30:00Z"}', { localTime: '2026-12-04T05:30', zone: 'UTC' }],
  ['Please try again in 2 hours.', { afterMs: 7_200_000 }],
  ['Please try again in an hour.', { afterMs: 3_600_000 }],
  ['Your quota will reset after 3h22m10s.', { afterMs: 12_130_000 }],
  ['Claude AI usage limit reached|1795936568', { epochMs: 1_795_936_568_000 }],
  ['Claude AI usage limit reached|1795936568123', { epochMs: 1_795_936_568_123 }],
  ['or try again at 2:57 PM.', { localTime: '14:57' }],
  ['or try again at Dec 4th, 2026 1:00 AM.', { localTime: '2026-12-04T01:00' }],
  ["You've hit your weekly limit · resets Nov 24, 9am (UTC)", { localTime: '11-24T09:00', zone: 'UTC' }],
  ['limit resets on 24 November at 15:30 CET', { localTime: '11-24T15:30', zone: 'Europe/Paris' }],
  [
    'Your usage limits will reset when your monthly cycle ends on 12/5/2026.',
    { localTime: '2026-12-05T00:00' },
  ],
  ['Quota resets at midnight Pacific time.', { localTime: '00:00', zone: 'America/Los_Angeles' }],
  ['resets Tuesday at 9:30 AM PT', { localTime: 'tueT09:30', zone: 'America/Los_Angeles' }],
  ['resets tomorrow at 8am', { localTime: 'tomorrowT08:00' }],
  ['Your allowance resets on the 1st of next month.', { localTime: 'monthT00:00' }],
  ['Your allowance resets at the start of next month.', { localTime: 'monthT00:00' }],
  ['try again at 2026-12-04 07:15 +05:30', { localTime: '2026-12-04T07:15', zone: '+05:30' }],
  ['Retry-After: 30', { afterMs: 30_000 }],
  ['{"error":{"message":"slow","retry_after":12.5}}', { afterMs: 12_500 }],
  ['Please wait 45 seconds', { afterMs: 45_000 }],
  ['available again in 5 min', { afterMs: 300_000 }],
]

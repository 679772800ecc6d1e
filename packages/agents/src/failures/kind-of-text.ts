import type { FailureKind } from '../contract.js'

// What programs and providers say, by what it means. The first kind that fits counts, so what is said in passing by
// another kind of message ("check your quota", "please try again later") comes after what that message is about.
const PHRASES: readonly (readonly [FailureKind, readonly RegExp[]])[] = [
  // Bedrock says "too many tokens" of a rate, too.
  ['quota', [/\bthrottlingexception\b/i]],
  [
    'budget',
    [
      /\b(?:session|token|turn|cost|rollout) budget\b.{0,30}\b(?:exhausted|exceeded|reached)\b/i,
      /\bbudget (?:was |is )?(?:reached|exhausted)\b/i,
      /\bmax(?:imum)?[ _]budget\b/i,
      /\breached max(?:imum)? session turns\b/i,
    ],
  ],
  [
    'credit',
    [
      /\bcredit balance (?:is )?too low\b/i,
      /\binsufficient[ _](?:\S+ )?(?:quota|balance|credits?|funds)\b/i,
      /\bbalance (?:has |is )?(?:run out|depleted|used up)\b|\b(?:no|zero|0) (?:\S+ )?credits? (?:left|remaining)\b/i,
      /\b(?:out of|no (?:more |remaining )?|not enough|add|buy more) (?:usage |extra |ai )?credits\b/i,
      /\b(?:exceeded|check) your (?:current quota|plan and billing)\b/i,
      /\b(?:spend(?:ing)?|billing) (?:cap|(?:hard )?limit)\b/i,
      /\bpayment required\b/i,
      /\b(?:account|balance) (?:is )?(?:in arrears|overdue|exhausted)\b/i,
      /\barrearage\b/i,
      /\brequires? more credits\b|\bextra usage is required\b|\bno payment method\b/i,
      /\bto use .{1,60}\bupgrade to\b/i,
    ],
  ],
  [
    'context',
    [
      /\b(?:prompt|input|conversation|request|message) (?:is |was )?too (?:long|large)\b/i,
      /\bprompt_too_long\b|\brequest_too_large\b/i,
      /\bmaximum (?:context|prompt|allowed input) length\b/i,
      /\bcontext[ _](?:length|window|limit)[ _](?:is |was )?(?:exceeded|reached|exceeds|only)\b/i,
      /\bexceed(?:s|ed)? (?:the )?(?:model'?s? )?(?:(?:maximum|available|max) )?(?:context|token)[ _](?:length|window|size|limit|count)\b/i,
      /\b(?:input|prompt) (?:token count|length)\b.{0,60}\bexceed/i,
      /\b(?:longer|greater) than the (?:model'?s? )?context\b/i,
      /\bran out of room in the model'?s context\b/i,
      /\btoo many (?:input )?tokens\b|\btoken limit exceeded\b/i,
      /\breduce the length of (?:the|your) (?:messages|prompt|input)\b/i,
      /\b(?:larger|more) tokens? than (?:the )?max(?:imum)?\b/i,
      /\brequest entity too large\b/i,
      /\bexceeded model token limit\b/i,
      /\bmodel_context_window_exceeded\b/i,
      /\brange of input length should be\b/i,
    ],
  ],
  [
    'refusal',
    [
      /\b(?:violates?|violate) (?:our|the|its) (?:usage|content|acceptable use) polic/i,
      /\bcontent[ _](?:filter(?:ed|ing)?|polic(?:y|ies)|management policy)\b/i,
      /\b(?:PROHIBITED_CONTENT|BLOCKLIST|SPII)\b/,
      /\b(?:blocked|flagged|rejected|limited)\b.{0,80}\b(?:safety|responsible ai|policy)\b/i,
      /\bsafety (?:system|reasons|filters?|classifiers?)\b/i,
      /\bdata_inspection_failed\b|\binappropriate content\b/i,
      /\bmodel (?:has )?(?:refused|declined)\b/i,
    ],
  ],
  [
    'sign_in',
    [
      /\bplease run \/?login\b|\brun \/login\b|\/login\b/i,
      /\b(?:not|never) (?:logged|signed) in\b/i,
      /\b(?:log|sign) (?:out and (?:log|sign) )?in again\b|\bplease (?:log|sign) in\b|\bre-?(?:login|authentication) required\b/i,
      /\b(?:oauth|access|refresh|api|auth|bearer|session) ?(?:token|key|session)s?\b.{0,60}\b(?:expired|invalid|revoked|rejected|not valid|could not be refreshed|incorrect|missing|already used)\b/i,
      /\b(?:invalid|incorrect|expired|missing|revoked|no)(?: \S+)? ?(?:api|access|auth|oauth)[ -]?(?:key|token)s?\b/i,
      /\bapi key (?:is |was )?(?:not (?:valid|found|set|configured)|required|invalid|missing|expired)\b/i,
      /\b(?:failed|unable|could not|cannot) to authenticate\b|\bauthentication (?:failed|required|error|fails?)\b/i,
      /\b(?:unauthenticated|unauthori[sz]ed)\b/i,
      /\bfailed to log ?in\b|\b(?:token refresh|refresh of .{0,20}token) failed\b|\binvalid bearer\b/i,
      /\boauth authentication is (?:currently )?not supported\b/i,
      /\bauthentication_error\b|\binvalid[ _]authentication\b/i,
      /\bno auth(?:entication)? (?:type|method|information|credentials?)\b|\bset an auth method\b/i,
      /\bno (?:api )?(?:credentials|providers?) (?:found|configured)\b/i,
      /\borganization (?:has been|is) disabled\b|\bdisabled (?:organization|account)\b/i,
      /\bsession (?:has )?expired\b/i,
      /\bmissing (?:\S+ )?credentials?\b|\bcould not (?:load|find|locate) (?:\S+ )?credentials?\b|\bunable to locate credentials\b/i,
      /\bnot (?:yet )?authenticated\b|\bcould not resolve authentication method\b/i,
      /\b(?:api|access) key (?:has been|is|was) (?:disabled|revoked|deactivated|deleted|blocked)\b/i,
      /\bapi_?key\b.{0,40}\bmust be set\b|\bmust be set\b.{0,120}_API_KEY\b/i,
      /\btoken included in the request is (?:expired|invalid)\b/i,
    ],
  ],
  [
    'model',
    [
      /\bmodel[ _]?not[ _]?found\b|\bunknown model\b|\binvalid model\b|\bno such model\b|\bunsupported model\b/i,
      /\bmodels?[ /:]\S{1,200} (?:does not exist|doesn't exist|is not (?:found|supported|available)|was not found)/i,
      /['"`]\S{1,200} model is not (?:found|supported|available)/i,
      /\bissue with the selected model\b|\bmodel is not (?:supported|available|found)\b/i,
      /\bmodel\b.{0,120}\b(?:may not exist|does not exist|not have access|no access)\b/i,
      /\bnot have access to (?:the |this )?model\b/i,
      /\bcannot use (?:this|the) model\b/i,
      /\bmodel\b.{0,100}\b(?:is )?not (?:available|supported|enabled) (?:for|in|with|when|on)\b/i,
      /\bis not a valid model\b|\bnot found the model\b/i,
      /\bno endpoints found for \S+\/\S+/i,
      /\bmodel ['"`]?[\w./:-]{1,200}['"`]? (?:not found|(?:has been|is|was) (?:deprecated|retired|discontinued|decommissioned|removed))\b/i,
    ],
  ],
  [
    'overload',
    [
      /(?:\b|_)overloaded(?:\b|_)/i,
      /\bat capacity\b|\bno capacity\b|\bcapacity[ _](?:exhausted|constraints?)\b|\bcapacity is unavailable\b/i,
      /\bnot your usage limit\b/i,
      /\b(?:temporarily|service) unavailable\b|\bserver (?:is )?(?:too )?busy\b/i,
      /\bexperiencing (?:high|heavy) (?:demand|load|traffic)\b|\bhigh demand\b/i,
      /\btry a different model\b/i,
      /\bupstream connect error\b|\bno healthy upstream\b/i,
    ],
  ],
  [
    'quota',
    [
      /\b(?:usage|session|weekly|daily|monthly|hourly|5-hour|request|message|rate|token|free|go|plan|opus|sonnet|pro)[ _-]limits?\b/i,
      /\b(?:hit|reached|exceeded) (?:your|the|its)\b.{0,60}\b(?:limit|quota|usage|allowance)/i,
      /\b(?:hit|reached|exceeded) (?:a|an) (?:\S+ )?rate limit\b|\blimit reached\b|\blimit exceeded\b/i,
      /\brate[ _-]?limit(?:s|ed|ing|_exceeded|_error)?\b|\btoo many requests\b|\bslow down\b/i,
      /\bquota (?:\S+ ){0,3}(?:exceeded|exhausted|reached)\b|\bquota[ _]exceeded\b|\bno quota\b/i,
      /\b(?:exceeded|exhausted|reached|over) (?:your|the) (?:\S+ ){0,4}(?:quota|capacity|usage|allowance)\b/i,
      /\bresource[ _](?:has been )?exhausted\b/i,
      /\b(?:free )?usage (?:exceeded|limit|exhausted)\b|\bout of (?:extra )?usage\b/i,
      /\bregain access\b|\bused (?:up )?all (?:of )?your\b|\bquota limitations?\b/i,
      /\bpremium requests?\b.{0,60}\b(?:exceeded|exhausted|used up|limit|allowance)\b/i,
      /\brequest rate increased too quickly\b/i,
      /\bthrottl(?:ed|ing)\b/i,
      /\b(?:used|consumed) (?:100 ?%|all) of (?:your|the)\b|\bconcurrency (?:limit )?(?:exceeded|reached)\b/i,
      /\b(?:usage|allowance|quota)(?: \S+){0,2} (?:exhausted|used up|depleted|spent)\b/i,
    ],
  ],
  [
    'configuration',
    [
      /\b(?:not (?:running |inside )?(?:in )?(?:a )?trusted|untrusted|is not trusted)\b/i,
      /\bthe argument\b.{0,80}\bcannot be used with\b|\binvalid auth method\b/i,
      /\brequires? setting the \S+.{0,60}\benv(?:ironment)?\b|\baccess denied by .{0,30}polic/i,
      /\b(?:unexpected|unknown|unrecogni[sz]ed|invalid) (?:argument|option|flag|command|subcommand|arguments)\b/i,
      /\b(?:error|failed) (?:loading|parsing|to (?:load|parse|read)) (?:the )?(?:\S+ )?(?:config|configuration|settings)\b/i,
      /\b(?:invalid|malformed) (?:\S+ )?(?:config|configuration|settings)\b/i,
      /\bcannot be used with root\/sudo\b/i,
      /\bflag provided but not defined\b/i,
      /\b(?:requires a newer version|version is (?:too old|no longer supported)|please (?:update|upgrade) (?:\S+ )?to (?:the latest|version))\b/i,
      /\bprovider (?:is )?not (?:found|configured)\b/i,
      /\bnot (?:enabled|allowed|permitted) (?:by|for) your (?:organi[sz]ation|workspace|administrator)\b/i,
      /\bdisabled by (?:your )?(?:organi[sz]ation|administrator|policy)\b/i,
      /\bmust accept the terms\b|\bterms of service\b.{0,40}\baccept/i,
    ],
  ],
  [
    'network',
    [
      /\b(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)\b/,
      /\b(?:fetch failed|failed to fetch|socket hang up|network (?:error|is unreachable)|getaddrinfo)\b/i,
      /\bconnection (?:error|refused|reset|closed|lost|timed out|terminated|failed)\b|\bunable to connect\b/i,
      /\b(?:request|response|stream|read) (?:timed out|timeout)\b/i,
      /\bstream disconnected\b|\bself[- ]signed certificate\b|\bunable to (?:get|verify) .{0,40}certificate\b/i,
      /\berror sending request\b|\bdns error\b|\bcould not resolve host\b/i,
      /\bnet::ERR_(?:INTERNET|NETWORK|NAME|CONNECTION|ADDRESS|PROXY|TIMED|CERT)[A-Z_]*/,
      /\bno such host\b|\bname or service not known\b|\b(?:failure|failed) in name resolution\b/i,
      /\bi\/o timeout\b|\boperation timed out\b|\bconnect timeout\b/i,
      /\bmax retries exceeded with url\b|\bNewConnectionError\b/i,
      /\bx509: |\b(?:failed to verify|certificate verify failed|invalid peer) certificate\b|\bcertificate verify failed\b/i,
    ],
  ],
]

const MAX_CHARS = 4000

/** What a message of a program or a provider is about, or null when it says nothing that is known. */
export function kindOfText(text: string): FailureKind | null {
  const said = text.slice(0, MAX_CHARS).replaceAll('\u2019', "'")
  return PHRASES.find(([, phrases]) => phrases.some((phrase) => phrase.test(said)))?.[0] ?? null
}

// Made from the npm package ai-sdk-cost-calculator: vitest -u brings it up to date. Models that the first source has are left out.

/** Where the prices come from. */
export const SECOND_SOURCE = {
  name: 'ai-sdk-cost-calculator',
  version: '7.1.14',
  date: '2026-09-23',
} as const

/** Provider, model, and USD per million tokens in, out, read from and written to the cache. */
export const SECOND_PRICES = `
alibaba qwen3.8-max-0902 2 6 0.2 2.5
alibaba qwen3.8-max 2 6 0.2 2.5
alibaba qwen3.8-flash 0.15 0.47 0.015 -
alibaba qwen3.7-max 2.5 7.5 0.5 -
alibaba qwen3.7-plus 0.4 1.6 0.08 -
alibaba qwen3.6-35b-a3b 0.375 2.25 - -
alibaba qwen3.6-27b 0.6 3.6 - -
alibaba qwen3-max 1.2 6 0.12 -
alibaba qwen3-max-preview 1.2 6 0.12 -
alibaba qwen3.5-plus 0.4 2.4 - -
alibaba qwen3.5-flash 0.1 0.4 0.01 -
alibaba qwen-plus 0.4 1.2 - -
alibaba qwen-plus-latest 0.4 1.2 - -
alibaba qwen-flash 0.05 0.4 0.005 -
alibaba qwen-turbo 0.05 0.2 0.025 -
alibaba qwen-turbo-latest 0.05 0.2 0.025 -
alibaba qwen-long 0.072 0.287 - -
alibaba qwen-long-latest 0.072 0.287 - -
alibaba qwen-max 1.04 4.16 0.208 -
alibaba qwen-max-latest 1.04 4.16 0.208 -
alibaba qwq-plus 0.8 2.4 - -
alibaba qwq-plus-latest 0.8 2.4 - -
alibaba qwen3-vl-plus 0.2 1.6 0.02 -
alibaba qwen3-vl-flash 0.05 0.4 0.005 -
alibaba qwen-vl-plus 0.1365 0.4095 0.0273 -
alibaba qwen-vl-max 0.52 2.08 - -
alibaba qwen-vl-max-latest 0.52 2.08 - -
alibaba qwen3.5-omni-plus 1.4 8.3 - -
alibaba qwen3.5-omni-flash 0.4 2.2 - -
alibaba qwen3-omni-flash 0.43 1.66 - -
alibaba qwen3-coder-plus 1 5 0.1 -
alibaba qwen3-coder-flash 0.3 1.5 - -
alibaba qwen2.5-72b-instruct 0.36 0.4 - -
alibaba qwen2.5-32b-instruct 0.28 0.56 - -
alibaba qwen2.5-14b-instruct 0.28 0.56 - -
alibaba qwen2.5-7b-instruct 0.04 0.1 - -
alibaba qwen2.5-coder-32b-instruct 0.66 1 - -
zhipu glm-5.3-flashx 0.37 1.25 0.075 -
zhipu glm-4.6 0.6 2.2 0.11 -
zhipu glm-4.5 0.6 2.2 0.11 -
zhipu glm-4.5-x 2.2 8.9 0.45 -
zhipu glm-4.5-airx 1.1 4.5 0.22 -
zhipu glm-5v-turbo 1.2 4 0.24 -
zhipu glm-4.6v 0.3 0.9 0.05 -
zhipu glm-4.6v-flashx 0.04 0.4 0.004 -
zhipu glm-ocr 0.03 0.03 - -
zhipu glm-4.5v 0.6 1.8 0.11 -
openai gpt-5.6-cyber 12.5 75 1.25 15.625
openai daybreak-blue-latest 4 20 0.4 5
openai daybreak-red-latest 12.5 75 1.25 15.625
openai chat-latest 5 30 0.5 -
openai codex-mini-latest 1.5 6 0.375 -
openai gpt-5-search-api 1.25 10 0.125 -
openai computer-use-preview 3 12 - -
openai gpt-daybreak-blue-latest 4 20 0.4 5
openai gpt-daybreak-red-latest 12.5 75 1.25 15.625
anthropic claude-mythos-5-1 10 50 0.25 12.5
anthropic claude-mythos-5 10 50 1 12.5
google gemini-omni-1.1-flash 1.5 9 - -
google gemini-3-pro 2 12 0.2 -
google gemini-3-flash 0.5 3 0.05 -
google gemini-2.5-computer-use-preview-10-2025 1.25 10 - -
google gemini-robotics-er-2-preview 2 10 0.2 -
google gemini-robotics-er-2-streaming-preview 2 10 - -
google gemini-robotics-er-1.6-preview 1 5 - -
deepseek deepseek-flash 0.3 1.2 0.006 -
deepseek deepseek-v4.1-flash 0.3 1.2 0.006 -
deepseek deepseek-v3 0.28 0.42 0.028 -
deepseek deepseek-coder 0.14 0.28 0.014 -
mistral zai-glm-5-3 1.4 4.4 0.14 -
mistral mistral-medium-2604 1.5 7.5 0.15 -
mistral mistral-medium-3.1 0.4 2 - -
mistral mistral-small 0.1 0.3 - -
mistral ministral-3b-latest 0.1 0.1 0.01 -
mistral ministral-14b-latest 0.2 0.2 0.02 -
mistral devstral-medium-latest 0.4 2 0.04 -
mistral devstral-medium 0.4 2 0.04 -
mistral pixtral-12b-2409 0.1 0.1 - -
mistral open-mixtral-8x22b 2 6 - -
xai grok-4.7 2 6 0.5 -
xai grok-build-latest 2 6 0.3 -
xai grok-4.20-reasoning 1.25 2.5 0.2 -
xai grok-4.20-0309-reasoning 1.25 2.5 0.2 -
xai grok-4.20-non-reasoning 1.25 2.5 0.2 -
xai grok-4.20-0309-non-reasoning 1.25 2.5 0.2 -
xai grok-4.20-multi-agent-0309 1.25 2.5 0.2 -
xai grok-beta 5 15 - -
`

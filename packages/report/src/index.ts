export type { Cost, Tokens } from './cost.js'
export { formatCost, formatMicroUsd, formatUsage } from './format/cost.js'
export { formatPercent, formatTokens } from './format/count.js'
export { renderPlainTable } from './format/table.js'
export { renderLiveArea } from './live/area.js'
export type { AreaOptions } from './live/area.js'
export type { LiveAgentEvent, LiveEvent } from './live/live-event.js'
export { createLiveModel } from './live/model.js'
export type { LiveModel, LiveState } from './live/model.js'
export { createPlainRenderer } from './live/plain.js'
export type { DisplayLevel, PlainOptions, PlainRenderer } from './live/plain.js'
export type { PlannedUnit, Progress } from './live/progress.js'
export type { RunningStep } from './live/running-step.js'
export { ledgerSpelling, renderJson, renderReportJson } from './report-json.js'
export type {
  AttemptReport,
  AttemptStatus,
  GateReport,
  LaunchArtifacts,
  LaunchReport,
  LaunchStatus,
  RetryReport,
  RunReport,
  SpentOn,
  StepReport,
  StepStatus,
  TurnReport,
  WaitReport,
  WarningReport,
} from './report.js'
export { selectStep } from './select-step.js'
export { stats } from './stats/stats.js'
export type { RunStats, StatsOptions } from './stats/stats.js'
export { wilson } from './stats/wilson.js'
export type { Rate } from './stats/wilson.js'
export { summarise, summariseParts } from './summarise.js'
export type { SummariseOptions } from './summarise.js'
export { renderCalibrationText } from './text/calibration-text.js'
export { renderDetailText } from './text/detail-text.js'
export type { DetailOptions } from './text/detail-text.js'
export { renderForecastLine, renderForecastText } from './text/forecast-text.js'
export { renderLast } from './text/last-text.js'
export { renderReportText } from './text/report-text.js'
export type { TextOptions } from './text/report-text.js'
export { renderRunsTable } from './text/runs-table.js'
export type { RunRow } from './text/runs-table.js'
export { renderStatsText } from './text/stats-text.js'
export type { StatsTextOptions } from './text/stats-text.js'
export { statusWord } from './text/words.js'
export type { Turns } from './turns.js'
export { renderHtml } from './html/render-html.js'
export type { Texts } from './html/texts.js'
export type { Attributes, SpanRecord } from './spans/span.js'
export { toSpans } from './spans/to-spans.js'

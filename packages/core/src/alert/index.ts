export { ackEpisode, expireAck, lowerEpisode, raiseEpisode, unackEpisode } from './ack.ts'
export {
  ANNOTATION_KINDS,
  type Annotation,
  type AnnotationKind,
  type AnnotationSummary,
  annotationKey,
  beganAt,
  DEPLOYMENT_PHASES,
  type DeploymentPhase,
  type DeploymentTimes,
  mergeTimes,
  phaseOf,
  summarizeAnnotation,
} from './annotation.ts'
export {
  type AnnotationRequest,
  decideAnnotation,
  decideAnnotationWithdrawal,
  unknownAnnotation,
} from './annotation-command.ts'
export { type ChangeFacts, changeOf, isMade } from './change.ts'
export {
  DIGEST_PERIODS,
  type DigestEntry,
  type DigestFacts,
  type DigestItem,
  type DigestPeriod,
  digestItems,
} from './digest.ts'
export {
  countsAt,
  type DrillPlan,
  type DrillStretch,
  drillKey,
  longestRecovery,
  recordedPlan,
  scenarioPlan,
  shadowDefinition,
} from './drill.ts'
export {
  type Ack,
  EPISODE_STATES,
  type Episode,
  type EpisodeState,
  episodeId,
  FLAP_WINDOW_MS,
  isFlapping,
  isOpen,
  type Signal,
  type Step,
  stepEpisode,
  type Transition,
  withdrawEpisode,
} from './episode.ts'
export {
  type Change,
  changesBefore,
  type Felt,
  JUST_BEFORE_MS,
  type Outlook,
  outlookOf,
  type Sureness,
} from './explanation.ts'
export type { AlertFacts, Cause, NoticeKind, Unanswered, WindowFacts } from './facts.ts'
export { type ForeignClaim, foreignRuleId, foreignSignal, laterClaim } from './foreign.ts'
export { askGates, type Standing, standingOf } from './gates.ts'
export { askGrouping, companionsOf, GROUPING_MS, isGrouped } from './grouping.ts'
export { type Held, holdFor } from './hold.ts'
export type { HandoverFacts, IncidentFacts, IncidentItem, ObjectiveImpact } from './incident-facts.ts'
export { DEFAULT_INHIBITIONS, type Inhibition } from './inhibition.ts'
export { type Late, lateOf } from './late.ts'
export {
  activeAt,
  decideMaintenance,
  decideMaintenanceEnd,
  type Maintenance,
  type MaintenanceRequest,
  maintenanceKey,
  stretchAt,
} from './maintenance.ts'
export { LABELS, type Label, labelsOf, type Matcher, matchesAll, parseMatcher } from './matcher.ts'
export {
  isAboutAlert,
  isAboutIncident,
  isBeginning,
  isEnd,
  type MessageFacts,
  type MessageKind,
  NO_TEAM,
  type PostmortemFacts,
  type TestFacts,
  type Trouble,
  type TroubleFacts,
  topicOf,
  type UpdateFacts,
} from './message-facts.ts'
export { askRateBudget, isBudgeted, type LetGo, type RateBudget } from './rate-budget.ts'
export {
  attendTimers,
  planTimers,
  type ReminderRules,
  type Telling,
  type Timer,
  type Watched,
} from './reminder.ts'
export { judgeMilestone, type Rule, rulesOf, ticketRuleOf } from './rule.ts'
export {
  type CompiledRule,
  compileRules,
  mayHold,
  type RuleBook,
  type RulePoints,
  refreshRules,
  ruleAt,
  ruleNumber,
} from './rule-book.ts'
export { firstStepOf } from './runbook.ts'
export {
  foldSilence,
  SILENCE_STATES,
  type Silence,
  type SilenceEvent,
  type SilenceHistory,
  type SilenceState,
  type SilenceSummary,
  silenceKey,
  silenceStateAt,
  summarizeSilence,
} from './silence.ts'
export { decideSilence, type SilenceCommand, unknownSilence } from './silence-command.ts'
export {
  type Counting,
  isWellAgain,
  passes,
  type Seen,
  seenBetween,
  simpleKeepOf,
  simpleRuleId,
  WEIGHTS,
  watchedSteps,
} from './simple.ts'
export { adviseOnRules, type RuleAdvice } from './simple-advice.ts'
export { type Because, GATES, type Gate, isDeferred, notBefore, pass, type Verdict } from './verdict.ts'
export { type AlertClaims, verifyAlerts } from './verify.ts'

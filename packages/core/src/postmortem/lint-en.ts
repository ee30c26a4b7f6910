import type { LintRule } from './lint-rule.ts'

/** Participles that do not end in -ed. */
const IRREGULAR =
  'been known seen done gone taken written read caught found thought told kept made left let put run set shut sent built ' +
  'bought brought felt held heard led lost met paid said spoken begun broken chosen forgotten given got gotten understood ' +
  'noticed had come become shown rung fallen grown thrown'
/** Words in -ed that describe a thing: "should have limited access" is a demand, not hindsight. */
const DESCRIBING =
  'limited|unlimited|dedicated|shared|fixed|reserved|need|speed|feed|combined|red|bed|embedded|detailed'
const PARTICIPLE = `(?:\\w+ly\\s+)?(?:${IRREGULAR.split(' ').join('|')}|(?!(?:${DESCRIBING})\\b)\\w{2,}ed)\\b`
const PERSON =
  '(?:(?:I|we|he|she|they|somebody|someone|nobody|who)|(?:the|our|an?|on-call|duty)\\s+(?:\\w+\\s+)?' +
  '(?:engineers?|operators?|developers?|team|person|reviewers?|authors?|lead|responders?|admins?|on-call))'
const NOTICING =
  'notice|check|follow|consider|reali[sz]e|communicate|test|verify|read|understand|think|tell|inform|escalate|look|ask|pay'

/** Wordings that judge people by what is known afterwards, and what to write of the situation instead. */
export const ENGLISH: readonly LintRule[] = [
  {
    id: 'hindsight',
    pattern: new RegExp(`\\b(?:should|ought to|could|would)(?:n't| not)?(?: also)?\\s+have\\s+${PARTICIPLE}`, 'giu'),
    instead: 'say what was known at the time, and what made that step sensible: "the graph showed …, so …"',
  },
  {
    id: 'failed-to',
    pattern: new RegExp(
      `\\b${PERSON}\\s+(?:had\\s+|also\\s+)?fail(?:ed|s)?\\s+to\\b|\\bfail(?:ed|s|ing)?\\s+to\\s+(?:${NOTICING})\\b`,
      'giu',
    ),
    instead: 'say what happened and what was missing: "the change went out without …, because nothing asks for it"',
  },
  {
    id: 'judgement',
    pattern:
      /\b(?:careless(?:ly|ness)?|negligen(?:t|ce|tly)|slopp(?:y|ily|iness)|lazy|laziness|incompeten(?:t|ce)|reckless(?:ly)?|stupid(?:ly|ity)?|inattenti(?:on|ve)|thoughtless(?:ly)?|unprofessional)\b/giu,
    instead: 'describe the situation: how much was going on, what the tool showed, what the procedure said',
  },
  {
    id: 'human-error',
    pattern: /\b(?:human|operator|pilot|user|manual)[ -](?:error|mistake|failure)s?\b/giu,
    instead:
      'name what made the act likely: "both environments have the same prompt", "the command asks for no confirmation"',
  },
  {
    id: 'forgot',
    pattern: new RegExp(
      `\\b(?:${PERSON}\\s+(?:had\\s+|have\\s+|has\\s+)?(?:forgot|forgotten|forgets?)\\b|forgot(?:ten)?\\s+(?:to|about)\\b|overlooked\\b(?!\\s+by\\s+the\\s+(?:check|query|probe)))`,
      'giu',
    ),
    instead: 'say which step depends on memory: "nothing reminds of … after a rollback"',
  },
  {
    id: 'fault',
    pattern:
      /\b(?:(?:to|is|was|were|are) (?:at fault|to blame)|(?:his|her|their|whose|\w+'s) (?:fault|mistake|error)\b|made an? (?:mistake|error)|(?:is|was|were|are) responsible for (?:the|this) (?:outage|incident|failure|error))/giu,
    instead: 'say what the system allowed: "the tool accepts … without a warning"',
  },
  {
    id: 'more-care',
    pattern:
      /\b(?:be(?:ing)? more careful|(?:take|taking|with) more care|pay(?:ing)? more attention|try(?:ing)? harder|know(?:n)? better|lack of (?:attention|care|discipline))\b/giu,
    instead: 'write a change of the system that works on a tired day too: a check, a default, a limit',
  },
]

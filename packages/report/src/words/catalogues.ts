import { AHEAD_WORDS } from './ahead.ts'
import { ALERT_QUALITY_WORDS } from './alert-quality.ts'
import { ATTENTION_WORDS } from './attention.ts'
import type { Basic, Catalogue } from './catalogue.ts'
import { CHART_WORDS } from './charts.ts'
import { CHAT_WORDS } from './chat.ts'
import { DECISION_WORDS } from './decisions.ts'
import { DRILL_WORDS } from './drills.ts'
import { en } from './en.ts'
import { FIX_DEBT_WORDS } from './fix-debt.ts'
import { FIX_TREND_WORDS } from './fix-trend.ts'
import { ISSUE_WORDS } from './issue.ts'
import { ja } from './ja.ts'
import type { Language } from './language.ts'
import { MEASURED_WORDS } from './measured.ts'
import { MONTHS_WORDS } from './months.ts'
import { POLICY_WORDS } from './policy.ts'
import { RESPONSE_WORDS } from './response.ts'
import { RESTATED_WORDS } from './restated.ts'
import { SUMMARY_WORDS } from './summary.ts'
import { TEAM_WORDS } from './team.ts'

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: whole(en), ja: whole(ja) }

function whole(basic: Basic): Catalogue {
  const { language } = basic
  return {
    ...basic,
    attention: ATTENTION_WORDS[language],
    charts: CHART_WORDS[language],
    issue: ISSUE_WORDS[language],
    restated: RESTATED_WORDS[language],
    fixTrend: FIX_TREND_WORDS[language],
    fixDebt: FIX_DEBT_WORDS[language],
    response: RESPONSE_WORDS[language],
    drills: DRILL_WORDS[language],
    alertQuality: ALERT_QUALITY_WORDS[language],
    ahead: AHEAD_WORDS[language],
    measured: MEASURED_WORDS[language],
    months: MONTHS_WORDS[language],
    chat: CHAT_WORDS[language],
    decisions: DECISION_WORDS[language],
    policy: POLICY_WORDS[language],
    summary: SUMMARY_WORDS[language],
    team: TEAM_WORDS[language],
  }
}

/** The words of a language. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]
}

import { createHouse, type Door, openDoor } from '../http/door.ts'
import { createAlertmanagerHook } from '../http/hooks/alertmanager.ts'
import { createGithubHook } from '../http/hooks/github.ts'
import { createPagerDutyHook } from '../http/hooks/pagerduty.ts'
import { createSlackHook, type SlackHookOptions } from '../http/hooks/slack.ts'
import { type Hook, hookRoutes } from '../http/hooks.ts'
import { SLACK_VIA } from '../http/slack-signature.ts'
import { tellMoved } from '../http/tell-moved.ts'
import { createIncidentPresses } from '../jobs/incident/incident-presses.ts'
import type { House } from './house.ts'
import { createWhispers } from './notifiers.ts'
import { slackTimelineHooks } from './slack-hooks.ts'
import type { Trackers } from './trackers.ts'
import type { Turns } from './turns.ts'

/** Who presses a button looks at it for about so long. */
const WHISPER_MS = 10_000

/** Opens the door for what other systems tell, when the configuration has one. Every kind of hook proves itself who it is. */
export async function openHooks(house: House, turns: Turns, { readIssues }: Trackers): Promise<Door | undefined> {
  const { config, log } = house
  if (config.listen.hooks === undefined) return undefined
  const { host, port } = config.listen.hooks
  const report = (error: unknown) => log.error({ err: error }, 'a delivery of another system could not be taken')
  const hooks = hookRoutes(hooksOf(house, turns, readIssues), report)
  return openDoor(createHouse([tellMoved(house.movements), hooks], report), host, port)
}

function hooksOf(house: House, turns: Turns, readIssues: Trackers['readIssues']): readonly Hook[] {
  const { config, stores, annotations, now } = house
  const { github } = config.hooks
  return [
    ...(github === undefined ? [] : [createGithubHook({ ...github, annotations, readIssues, log: stores.hooks, now })]),
    ...alertmanagerOf(house, turns),
    ...pagerDutyOf(house),
    ...slackOf(house),
    ...slackTimelineHooks(house),
  ]
}

function alertmanagerOf({ config, foreign, log, judge, now }: House, turns: Turns): readonly Hook[] {
  const { alertmanager } = config.hooks
  if (alertmanager === undefined || foreign === undefined) return []
  const take: Parameters<typeof createAlertmanagerHook>[0]['alerts']['take'] = (alerts) => {
    const taken = foreign.take(alerts, judge(), now())
    // It is on disk; who is told, and when, is decided at once and not at the next turn.
    turns.evaluate()
    return taken
  }
  const warn = (message: string) => log.warn({ hook: 'alertmanager' }, message)
  return [createAlertmanagerHook({ token: alertmanager.token, alerts: { take }, warn })]
}

function pagerDutyOf({ config, stores, acknowledging, now }: House): readonly Hook[] {
  const { pagerduty } = config.hooks
  if (pagerduty === undefined) return []
  const episodeOf = (dedupKey: string) =>
    stores.alerts.openEpisodes().find(({ facts }) => facts.dedupKey === dedupKey)?.id
  return [
    createPagerDutyHook({
      ...pagerduty,
      acknowledging,
      episodeOf,
      incidents: stores.pagerIncidents,
      log: stores.hooks,
      now,
    }),
  ]
}

function slackOf({ config, stores, acknowledging, work, outgoing, log, now }: House): readonly Hook[] {
  const { slack } = config.hooks
  if (slack === undefined) return []
  const whispers = createWhispers(config, outgoing)
  const warn = (receiver: string, why: string) =>
    log.warn({ hook: 'slack', receiver }, `what a press has done could not be said: ${why}`)
  const answer: SlackHookOptions['answer'] = (place, outcome) => {
    const whisper = whispers.get(place.receiver)
    if (whisper === undefined) return warn(place.receiver, 'No receiver of this name is a Slack bot')
    void whisper(place, outcome, now(), AbortSignal.timeout(WHISPER_MS)).then((why) => {
      if (why !== undefined) warn(place.receiver, why)
    })
  }
  const { findEpisode } = stores.alerts
  const presses = createIncidentPresses({ store: stores.work, alerts: stores.alerts, work, via: SLACK_VIA })
  const { language } = config
  const done = { acknowledging, work, presses, findEpisode, answer, language }
  return [createSlackHook({ ...slack, ...done, log: stores.hooks, now })]
}

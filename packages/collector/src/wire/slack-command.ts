import type { Choice } from '@tabiji/core/incident'

/** A slash command of Slack, taken apart. */
export type SlackCommand = {
  readonly verb: 'log' | 'decide' | 'show' | 'help'
  readonly channel: string
  readonly channelName: string
  /** As Slack shows them; absent where it does not say. */
  readonly by?: string
  /** An incident that was named first. */
  readonly named?: string
  /** A time that was said next: `13:52`, or ISO 8601. */
  readonly happened?: string
  readonly rest: string
}

const VERBS = ['log', 'decide', 'show'] as const
const KEY = /^inc-\d{1,9}$/i
const TIME = /^(?:\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)$/

/** Reads the body of a slash command ("Enabling interactivity with slash commands", docs.slack.dev). @returns nothing when it is none */
export function readSlackCommand(body: string): SlackCommand | undefined {
  const form = new URLSearchParams(body)
  const [command, channel] = [form.get('command'), form.get('channel_id')]
  if (command === null || !command.startsWith('/') || channel === null || channel === '') return undefined
  const words = (form.get('text') ?? '').trim().split(/\s+/)
  const verb = VERBS.find((one) => one === words[0]?.toLowerCase())
  const by = form.get('user_name')?.trim().slice(0, 100)
  const named = KEY.test(words[1] ?? '') ? words[1] : undefined
  const next = named === undefined ? 1 : 2
  const time = verb !== 'show' && TIME.test(words[next] ?? '') ? words[next] : undefined
  const taken = verb === undefined ? 0 : next + (time === undefined ? 0 : 1)
  return {
    verb: verb ?? 'help',
    channel: channel.slice(0, 40),
    channelName: (form.get('channel_name') ?? '').slice(0, 100),
    ...(by && { by }),
    ...(named !== undefined && { named: named.toUpperCase() }),
    ...(time !== undefined && { happened: time }),
    rest: afterWords(form.get('text') ?? '', taken),
  }
}

/** What stands behind the first words, as it was typed. */
function afterWords(text: string, count: number): string {
  let rest = text.trim()
  for (let i = 0; i < count; i++) rest = rest.replace(/^\S+\s*/, '')
  return rest
}

const PARTS: Readonly<Record<string, keyof Choice>> = {
  knew: 'knew',
  options: 'options',
  option: 'options',
  choice: 'choice',
  why: 'why',
  わかっていたこと: 'knew',
  選択肢: 'options',
  判断: 'choice',
  理由: 'why',
}

/** `knew: … | options: a; b | choice: … | why: …`, in any order. @returns nothing when a part other than the options is missing */
export function readSlackDecision(text: string): Choice | undefined {
  const said = new Map<string, string>()
  for (const part of text.split(/[|｜]/)) {
    const [, name, value] = /^\s*([^\s:：]{1,20})\s*[:：]([\s\S]*)$/.exec(part) ?? []
    const field =
      name === undefined || !Object.hasOwn(PARTS, name.toLowerCase()) ? undefined : PARTS[name.toLowerCase()]
    if (field !== undefined && value !== undefined) said.set(field, value.trim())
  }
  const [knew, choice, why] = [said.get('knew'), said.get('choice'), said.get('why')]
  if (!knew || !choice || !why) return undefined
  const options = (said.get('options') ?? '').split(/[;；]/).map((option) => option.trim())
  return { knew, options: options.filter((option) => option !== ''), choice, why }
}

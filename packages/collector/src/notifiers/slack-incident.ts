import type { IncidentFacts, IncidentItem } from '@tabiji/core/alert'
import type { Notification } from '../ports/notifier.ts'
import { MOST_OPTIONS, pressValue, roleAction, SLACK_ACTION, tickBlock } from '../wire/slack-interaction.ts'
import { clip } from './clip.ts'
import { checklistHead, checklistLines, markOf } from './incident-message.ts'
import { renderMessage } from './render.ts'
import { blockBody, type Press, section, units } from './slack-layout.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'

type Told = Pick<Notification, 'insteadOf'> & { readonly facts: IncidentFacts }

/** "Reference: option": 75 characters of a text and of what stands below it. */
const LONGEST_OPTION = 75
/**
 * The whole message has to stay short enough, and what is ticked is sent twice: of a list of more than ten, who did it is left out,
 * and of one of more than twenty the texts are shorter.
 */
const MOST_WITH_MARKS = 10
const MOST_WHOLE = 20
const LONGEST_OF_MANY = 48
const LONGEST_LIST = 2_400

/**
 * An incident in a channel: how it stands, boxes to tick, and buttons for roles; without those once it is over, and where nobody
 * hears of a press.
 */
export function incidentBody(
  told: Told,
  receiver: string,
  language: Language,
  { isHeard, mayRepeat }: { readonly isHeard: boolean; readonly mayRepeat: boolean },
): ReturnType<typeof blockBody> {
  const { facts } = told
  const { items, timeZone } = facts
  const { notes, ...message } = renderMessage(told, language, mayRepeat)
  const isOpen = isHeard && facts.resolvedAt === undefined
  const head = items.length === 0 ? [] : [checklistHead(items, language)]
  const lines = checklistLines(items, timeZone, language)
  const listed = items.length === 0 ? [] : [section([...head, ...(isOpen ? [] : lines)].join('\n'), LONGEST_LIST)]
  const middle = [...listed, ...(isOpen ? boxesOf(facts, receiver, language) : [])]
  // The list stands in the blocks; what else is noted (practice, that it may be a repeat) stands first.
  const noted = notes.slice(0, notes.length - (items.length === 0 ? 0 : lines.length + 1))
  return blockBody({ ...message, notes: noted }, isOpen ? roles(facts, receiver, language) : undefined, middle)
}

function roles({ incident }: IncidentFacts, receiver: string, language: Language): readonly Press[] {
  const { take } = catalogueOf(language).incident
  return (['lead', 'comms', 'scribe'] as const).map((role) => ({
    label: take[role],
    action: roleAction(role),
    value: pressValue(receiver, incident),
  }))
}

/**
 * Boxes, ten to an element. A block's name holds what it showed: Slack tells which boxes are ticked after a press, and only what
 * somebody changed must be changed here; a new name also makes Slack show what was ticked elsewhere.
 */
function boxesOf({ incident, revision, items, timeZone }: IncidentFacts, receiver: string, language: Language) {
  const longest = items.length <= MOST_WHOLE ? LONGEST_OPTION : LONGEST_OF_MANY
  const markIn = (item: IncidentItem) =>
    items.length <= MOST_WITH_MARKS ? markOf(item, timeZone, language) : undefined
  const parts = Math.ceil(items.length / MOST_OPTIONS)
  return Array.from({ length: parts }, (_, part) => {
    const shown = items.slice(part * MOST_OPTIONS, (part + 1) * MOST_OPTIONS)
    const ticked = shown.flatMap((item, i) => (item.ticked ? [i] : []))
    const options = shown.map((item) => optionOf(item, item.text[language], markIn(item), longest))
    const initial = ticked.flatMap((i) => options[i] ?? [])
    return {
      type: 'actions',
      block_id: tickBlock({ receiver, incident, revision, part, ticked }),
      elements: [
        {
          type: 'checkboxes',
          action_id: `${SLACK_ACTION.tick}_${part}`,
          options,
          ...(initial.length > 0 && { initial_options: initial }),
        },
      ],
    }
  })
}

function optionOf({ id }: IncidentItem, text: string, mark: string | undefined, longest: number): object {
  const plain = (said: string) => ({ type: 'plain_text', text: clip(said, longest, units), emoji: false })
  return { text: plain(text), value: id, ...(mark !== undefined && { description: plain(mark) }) }
}

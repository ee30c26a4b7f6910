import { BONES, type CauseNode, causesBelow, causeTrees, DEEPEST_WHY, type IncidentCause } from '@tabiji/core/incident'
import { boneTitle } from '@tabiji/core/postmortem'
import { html, type Markup, NOTHING } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, textField } from '../page/field.ts'
import type { PostmortemView } from '../view/postmortem.ts'
import type { PostmortemWords } from '../words/postmortem.ts'
import type { Part } from './incident-part.ts'

type Desk = {
  readonly context: Context
  readonly words: PostmortemWords
  readonly part: Part
  readonly causes: readonly IncidentCause[]
  readonly fixes: PostmortemView['fixes']
}

/** All causes as a list (what screen readers and phones get of the picture), each with what can be done about it. */
export function causeList(
  context: Context,
  words: PostmortemWords,
  part: Part,
  { incident: { causes = [] }, fixes }: PostmortemView,
): Markup {
  const desk = { context, words, part, causes, fixes }
  const trees = causeTrees(causes)
  const bones = [...new Set(trees.map(({ cause }) => cause.bone))].map((bone) => {
    const items = trees.filter(({ cause }) => cause.bone === bone).map((node) => itemOf(desk, node, 1))
    return html`<li><strong>${boneTitle(bone, context.language)}</strong><ul>${items}</ul></li>\n`
  })
  const add = part.sheet('cause', words.addCause, html`${idField(words)}${fieldsOf(desk, {})}`)
  return html`${bones.length === 0 ? NOTHING : html`<ul class="causes">${bones}</ul>`}${add}`
}

function itemOf(desk: Desk, { cause, why }: CauseNode<IncidentCause>, depth: number): Markup {
  const { words, part, fixes } = desk
  const under = hiddenField('under', cause.id)
  const further =
    depth >= DEEPEST_WHY ? [] : part.sheet('cause', words.why, html`${idField(words)}${under}${saidFields(desk, {})}`)
  const change = part.sheet('cause', words.change, html`${hiddenField('id', cause.id)}${fieldsOf(desk, cause)}`)
  const remove = part.sheet(
    'cause-remove',
    words.remove,
    html`<p>${words.removed}</p>${hiddenField('id', cause.id)}${textField(words.reason, 'reason', { required: true })}`,
  )
  const below = why.length === 0 ? NOTHING : html`<ul>${why.map((each) => itemOf(desk, each, depth + 1))}</ul>`
  return html`<li>${cause.text}${fixLinks(cause, fixes)} <span class="does">${further}${change}${remove}</span>${below}</li>\n`
}

function idField(words: PostmortemWords): Markup {
  return textField(words.id, 'id', {
    required: true,
    most: 63,
    example: words.idForm,
    pattern: '[a-z0-9][a-z0-9\\-]{0,62}',
  })
}

function saidFields({ words, fixes }: Desk, cause: Partial<IncidentCause>): Markup {
  const known = fixes.map(({ key, title }) => [key, `${key} ${title}`] as const)
  return html`${textField(words.cause, 'text', { value: cause.text ?? '', required: true, most: 200 })}${choiceField(words.fix, 'fix', [['', words.noFixNamed], ...known], cause.fix)}`
}

/** Where it lies: on a bone, or below another cause, which lies on a bone itself. */
function fieldsOf(desk: Desk, cause: Partial<IncidentCause>): Markup {
  const { context, words, causes } = desk
  const names = [...new Set([...BONES, ...causes.map(({ bone }) => bone)])]
  const bones = names.map((name) => [name, boneTitle(name, context.language)] as const)
  const below = cause.id === undefined ? [] : [cause.id, ...causesBelow(causes, cause.id).map(({ id }) => id)]
  const places = causes.filter(({ id }) => !below.includes(id)).map(({ id, text }) => [id, text] as const)
  const under =
    places.length === 0 ? NOTHING : choiceField(words.under, 'under', [['', words.onBone], ...places], cause.under)
  return html`${saidFields(desk, cause)}${choiceField(words.bone, 'bone', bones, cause.bone)}${under}`
}

/** The fix that the cause names, and those that name the cause. */
function fixLinks({ id, fix }: IncidentCause, fixes: PostmortemView['fixes']): readonly Markup[] {
  const naming = fixes.filter(({ cause }) => cause === id).map(({ key }) => key)
  const keys = [...new Set([...(fix === undefined ? [] : [fix]), ...naming])]
  return keys.map((key) => html` · <a href="/fixes/${encodeURIComponent(key)}">${key}</a>`)
}

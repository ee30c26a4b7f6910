import { BONES, type IncidentCause } from '@tabiji/core/incident'
import { boneTitle } from '@tabiji/core/postmortem'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { choiceField, hiddenField, textField } from '../page/field.ts'
import type { PostmortemView } from '../view/postmortem.ts'
import type { PostmortemWords } from '../words/postmortem.ts'
import type { Part } from './incident-part.ts'

/** A form for each cause, to say it anew, and one for another cause. */
export function causeForms(
  context: Context,
  words: PostmortemWords,
  { sheet }: Part,
  { incident: { causes = [] }, fixes }: PostmortemView,
): readonly Markup[] {
  const names = [...new Set([...BONES, ...causes.map(({ bone }) => bone)])]
  const bones = names.map((name) => [name, boneTitle(name, context.language)] as const)
  const known = fixes.map(({ key, title }) => [key, `${key} ${title}`] as const)
  const fields = (cause: Partial<IncidentCause>) =>
    html`${choiceField(words.bone, 'bone', bones, cause.bone)}${textField(words.cause, 'text', { value: cause.text ?? '', required: true, most: 200 })}${choiceField(words.fix, 'fix', [['', words.noFixNamed], ...known], cause.fix)}`
  const id = textField(words.id, 'id', {
    ...{ required: true, most: 63, example: words.idForm, pattern: '[a-z0-9][a-z0-9-]{0,62}' },
  })
  return [
    ...sheet('cause', words.addCause, html`${id}${fields({})}`),
    ...causes.flatMap((cause) =>
      sheet('cause', `${words.change}: ${cause.id}`, html`${hiddenField('id', cause.id)}${fields(cause)}`),
    ),
  ]
}

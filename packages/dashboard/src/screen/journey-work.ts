import type { Work } from '@tabiji/core/budget'
import { formatDuration } from '@tabiji/core/time'
import { html, type Markup } from '@tabiji/report/page'
import type { Context } from '../page/context.ts'
import { headOf } from '../page/table.ts'
import type { JourneyView } from '../view/journey.ts'
import type { JourneyWords } from '../words/journey.ts'

/** Who failed: the journey's own steps, then what other services did for it; the worst first. */
export function workOf(context: Context, words: JourneyWords, { ms, own, dependencies }: JourneyView['work']): Markup {
  const rows = [...rowsOf(context, words, own, words.own), ...rowsOf(context, words, dependencies, words.dependency)]
  const caption = words.work(formatDuration(ms))
  if (rows.length === 0) return html`<h2>${caption}</h2><p class="empty">${words.noWork}</p>`
  const head = [[words.service], [words.step], [words.good, 'end'], [words.slow, 'end'], [words.failed, 'end']] as const
  return html`<table class="wide"><caption>${caption}</caption>
<thead><tr>${headOf(head)}</tr></thead>
<tbody>
${rows}</tbody></table>`
}

function rowsOf({ figures }: Context, words: JourneyWords, works: readonly Work[], whose: string): readonly Markup[] {
  return works.map(({ service, step, counts: [good, slow, error] }) => {
    const cell = (label: string, count: number) =>
      html`<td data-label="${label}" class="end"><span>${figures.count(count)}</span></td>`
    return html`<tr><th scope="row">${service}<span class="under">${whose}</span></th><td data-label="${words.step}"><span>${step}</span></td>${cell(words.good, good)}${cell(words.slow, slow)}${cell(words.failed, error)}</tr>\n`
  })
}

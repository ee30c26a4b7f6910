import { html, type Markup, NOTHING } from '@tabiji/report/page'

/** A value that goes along with a form unseen. */
export function hiddenField(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

type Option = readonly [value: string, label: string]

/** One of few. @param chosen the value that stands there at first; absent: the first option's */
export function choiceField(label: string, name: string, options: readonly Option[], chosen?: string): Markup {
  const shown = options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : NOTHING}>${text}</option>`,
  )
  return html`<label>${label} <select name="${name}">${shown}</select></label>\n`
}

type Text = {
  readonly value?: string
  readonly required?: true
  readonly type?: 'text' | 'date'
  readonly most?: number
  /** Shown while nothing is typed. */
  readonly example?: string
  /** What the browser lets pass, a regular expression with the flag `v`: there a hyphen in a class is escaped. */
  readonly pattern?: string
}

/** A line of text, or a date. */
export function textField(label: string, name: string, text: Text = {}): Markup {
  const { value = '', required, type = 'text', most = 2_000, example = '', pattern } = text
  return html`<label>${label} <input name="${name}" type="${type}" value="${value}" placeholder="${example}" maxlength="${most}"${pattern === undefined ? NOTHING : html` pattern="${pattern}"`}${required ? html` required` : NOTHING}></label>\n`
}

/** Several lines of text. */
export function longField(label: string, name: string, required?: true): Markup {
  return html`<label>${label} <textarea name="${name}" rows="2"${required ? html` required` : NOTHING}></textarea></label>\n`
}

/** Any of several. @param checked the values that are ticked at first */
export function tickFields(
  legend: string,
  name: string,
  options: readonly Option[],
  checked: readonly string[] = [],
): Markup {
  const boxes = options.map(
    ([value, text]) =>
      html`<label class="tick"><input type="checkbox" name="${name}" value="${value}"${checked.includes(value) ? html` checked` : NOTHING}> ${text}</label>\n`,
  )
  return html`<fieldset><legend>${legend}</legend>\n${boxes}</fieldset>\n`
}

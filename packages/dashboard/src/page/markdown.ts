import type { PageItem, PageNode } from '@tabiji/core/runbook'
import { html, linesOf, type Markup, NOTHING } from '@tabiji/report/page'

type Writing = {
  /** Stands before the anchors of the page, so that several pages fit into one. */
  readonly prefix: string
  /** The box of a step, and who has been there. */
  readonly box: (step: string) => { readonly press: Markup; readonly mark: Markup }
}

/** Writes a page that was read from Markdown. Everything in it is text; headings stand below those of the screen. */
export function nodesOf(nodes: readonly PageNode[], writing: Writing): readonly Markup[] {
  return nodes.map((node) => nodeOf(node, writing))
}

function nodeOf(node: PageNode, writing: Writing): Markup {
  const within = (nodes: readonly PageNode[]) => nodesOf(nodes, writing)
  switch (node.type) {
    case 'text':
      return spaced(node.text)
    case 'code':
      return html`<code>${node.text}</code>`
    case 'block':
      return html`<pre tabindex="0"><code>${linesOf(node.text)}</code></pre>\n`
    case 'rule':
      return html`<hr>\n`
    case 'break':
      return html`<br>`
    case 'paragraph':
      return html`<p>${within(node.inside)}</p>\n`
    case 'quote':
      return html`<blockquote>${within(node.inside)}</blockquote>\n`
    case 'strong':
      return html`<strong>${within(node.inside)}</strong>`
    case 'emphasis':
      return html`<em>${within(node.inside)}</em>`
    case 'strike':
      return html`<del>${within(node.inside)}</del>`
    case 'link':
      return linkOf(node, writing)
    case 'heading':
      return headingOf(node, writing)
    case 'list':
      return listOf(node, writing)
    case 'table':
      return tableOf(node, writing)
  }
}

function linkOf({ to, inside }: Extract<PageNode, { type: 'link' }>, writing: Writing): Markup {
  const address = to.startsWith('#') ? `#${writing.prefix}${to.slice(1)}` : to
  return html`<a href="${address}">${nodesOf(inside, writing)}</a>`
}

function headingOf({ depth, anchor, inside }: Extract<PageNode, { type: 'heading' }>, writing: Writing): Markup {
  const id = `${writing.prefix}${anchor}`
  const text = nodesOf(inside, writing)
  return depth <= 2 ? html`<h3 id="${id}">${text}</h3>\n` : html`<h4 id="${id}">${text}</h4>\n`
}

function listOf({ from, items }: Extract<PageNode, { type: 'list' }>, writing: Writing): Markup {
  const list = items.map((item) => itemOf(item, writing))
  return from === undefined ? html`<ul>${list}</ul>\n` : html`<ol start="${from}">${list}</ol>\n`
}

/** The words of a step stand beside its box; what is below it stands below both. */
function itemOf({ step, inside }: PageItem, writing: Writing): Markup {
  const [first, ...rest] = inside
  const words = first?.type === 'paragraph' ? nodesOf(first.inside, writing) : nodesOf(inside.slice(0, 1), writing)
  const below = nodesOf(rest, writing)
  if (step === undefined) return html`<li>${words}${below}</li>\n`
  const { press, mark } = writing.box(step)
  return html`<li class="boxed"><div class="step">${press}<span>${words}${mark}</span></div>${below}</li>\n`
}

/** What is put into a template loses the blanks at its ends, and words would grow together around a link. */
function spaced(text: string): Markup {
  const before = /^\s/.test(text) ? html` ` : NOTHING
  return text.trim() === '' ? before : html`${before}${text}${/\s$/.test(text) ? html` ` : NOTHING}`
}

function tableOf({ rows }: Extract<PageNode, { type: 'table' }>, writing: Writing): Markup {
  const [head = [], ...body] = rows
  const heads = head.map((cell) => html`<th scope="col">${nodesOf(cell, writing)}</th>`)
  const lines = body.map((row) => html`<tr>${row.map((cell) => html`<td>${nodesOf(cell, writing)}</td>`)}</tr>\n`)
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${heads}</tr></thead>${lines.length === 0 ? NOTHING : html`<tbody>${lines}</tbody>`}</table></div>\n`
}

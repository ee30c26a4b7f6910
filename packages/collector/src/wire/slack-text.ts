/**
 * Text of Slack as people see it: links as their label, channels and groups by their names, signs instead of entities. A person who is only
 * mentioned by an id stays `@someone`: an id names nobody.
 */
export function plainSlackText(text: string): string {
  return text
    .replace(/<([@#!])([^<>|]{1,200})(?:\|([^<>]{0,200}))?>/g, (_, sign: string, id: string, label?: string) => {
      if (sign === '@') return label ? `@${label}` : '@someone'
      if (sign === '#') return `#${label || 'channel'}`
      return label || `@${id.split('^')[0]}`
    })
    .replace(
      /<((?:https?|mailto):[^<>|]{1,2000})(?:\|([^<>]{0,2000}))?>/g,
      (_, url: string, label?: string) => label || url,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** Text of others as Slack shows it and does not obey it: no mention, no link ("Escaping text", docs.slack.dev). */
export function escapeSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

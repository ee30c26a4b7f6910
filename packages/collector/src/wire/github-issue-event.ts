import { z } from 'zod'

const event = z.object({ repository: z.object({ full_name: z.string().max(1_000) }) })

/**
 * The repository of an event `issues` of a webhook (docs.github.com, "Webhook events and payloads"), such as `acme/shop`; nothing
 * when the document is none. The issue itself is not looked at: events overtake each other, so it may be older than what is known.
 */
export function repositoryOfIssueEvent(document: unknown): string | undefined {
  return event.safeParse(document).data?.repository.full_name
}

import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const place = z.string().refine((given) => ipaddr.isValid(given) || ipaddr.isValidCIDR(given), {
  error: 'an IP address such as `127.0.0.1`, or a network such as `10.0.0.0/8`',
})

/** A proxy's word for who looks at a page. Other headers of HTTP mean something else, so only those of proxies' own are taken. */
export const signInSchema = z.strictObject({
  header: z.string().regex(/^[Xx]-[A-Za-z0-9-]{1,60}$/, { error: 'a header such as `X-Forwarded-User`' }),
  from: z
    .array(place)
    .min(1, { error: 'a list with at least one address' })
    .max(32, { error: 'a list of at most 32 addresses' }),
  may: z.literal(['read', 'write']),
})

import * as z from 'zod'

/** The order that all of them take. */
export const Order = z.object({
  customer: z.uuid(),
  email: z.email(),
  lines: z.array(z.object({ product: z.string().min(1), quantity: z.number().min(1), price: z.number() })),
  address: z.object({ street: z.string(), city: z.string(), zip: z.string(), country: z.string() }),
  deliver: z.object({ by: z.enum(['courier', 'post']), note: z.string().optional() }).optional(),
})

/** Prints where a server listens, for who started it. */
export function listen(server) {
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
}

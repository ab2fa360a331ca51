import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { work } from '../places.ts'
import { measure } from '../process-tree.ts'

/** Writes the app whose sockets are measured, with its contracts; its server. */
export async function writeRoom(bin: string): Promise<string> {
  const folder = join(work, 'realtime')
  await rm(folder, { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await measure(process.execPath, [bin, 'contracts'], { cwd: folder, limit: 60_000 })
  return join(folder, 'server.ts')
}

const files = {
  'package.json': '{ "name": "bench-realtime", "private": true, "type": "module" }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
      lib: ['es2024', 'esnext.disposable', 'dom'],
      module: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src'],
  }),
  'src/pikku.ts': `import { type Hub, pikku } from 'pikku'

export const { channel, app, session } = pikku<{ hub: Hub }, { user: string }>()
`,
  'src/orders.ts': `import { type EventOf, type Topic, type } from 'pikku'
import { channel } from './pikku.ts'

export interface Order {
  /** @format uuid */
  customer: string
  /** @format email */
  email: string
  lines: {
    /** @minLength 1 */
    product: string
    /** @minimum 1 */
    quantity: number
    price: number
  }[]
  address: { street: string; city: string; zip: string; country: string }
  deliver?: { by: 'courier' | 'post'; note?: string }
}

interface Events {
  placed: Order
}
const topic: Topic<EventOf<Events>> = 'orders'

export const orders = channel({
  events: type<Events>(),
  connect: async ({ hub }, { joins }: { joins: string }, { channel }) => {
    if (joins === 'yes') await channel.join(hub, topic)
  },
  messages: {
    place: async (_services, order: Order): Promise<Order> => order,
    publish: async ({ hub }, order: Order): Promise<void> => hub.publish(topic, { event: 'placed', data: order }),
  },
})
`,
  'src/app.ts': `import { orders } from './orders.ts'
import { app, session } from './pikku.ts'

export default app({
  channels: { '/orders/:joins': orders },
  session: session.bearer((_services, token) => (token === 'ann' ? { user: token } : undefined)),
})
`,
  'server.ts': `import { memoryHub } from 'pikku/hub'
import { serve } from 'pikku/node'
import { contracts } from './contracts/index.ts'
import app from './src/app.ts'

const sockets = { rate: 1e9, burst: 1e9 }
const { url } = await serve(app, { contracts, services: { hub: () => memoryHub() }, port: 0, sockets })
console.log(url)
`,
}

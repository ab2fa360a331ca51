import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { work } from '../places.ts'
import { measure } from '../process-tree.ts'

/** Writes an app that takes and gives long bodies; gives the file of its server. */
export async function writeFiles(bin: string): Promise<string> {
  const folder = join(work, 'gigabyte')
  await rm(folder, { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await measure(process.execPath, [bin, 'contracts'], { cwd: folder, limit: 60_000 })
  return join(folder, 'server.ts')
}

const files = {
  'package.json': '{ "name": "bench-gigabyte", "private": true, "type": "module" }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
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
  'src/pikku.ts': `import { pikku } from 'pikku'

export const { func, app } = pikku<{}, never>()
`,
  'src/films.ts': `import { openAsBlob } from 'node:fs'
import { func } from './pikku.ts'

const options = { auth: false, timeout: 0, maxBody: 2 ** 31 } as const

export const up = func(options, async (_services, { body }: { body: ReadableStream<Uint8Array> }) => sizeOf(body))

export const form = func(
  options,
  async (_services, { film }: { title: string; film: ReadableStream<Uint8Array> }) => sizeOf(film),
)

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of stream) size += chunk.byteLength
  return size
}

export const down = func(options, async (_services, { size }: { size: number }): Promise<ReadableStream<Uint8Array>> => {
  let left = size
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (left <= 0) return controller.close()
        controller.enqueue(new Uint8Array(Math.min(65_536, left)))
        left -= 65_536
      },
    },
    { highWaterMark: 0 },
  )
})

export const file = func(
  options,
  async (_services, { path }: { path: string }): Promise<File> => new File([await openAsBlob(path)], 'film.bin'),
)
`,
  'src/app.ts': `import * as films from './films.ts'
import { app } from './pikku.ts'

export default app({ rpc: { films } })
`,
  'server.ts': `import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { createHono } from 'pikku/hono'
import { serve } from 'pikku/node'
import { contracts } from './contracts/index.ts'
import app from './src/app.ts'

if (process.env.ROAD === 'Hono') {
  const require = createRequire(import.meta.resolve('pikku/node'))
  const { getRequestListener } = require('@hono/node-server')
  const server = createServer(getRequestListener(createHono(app, { contracts }).fetch, { overrideGlobalObjects: false }))
  server.listen(0, () => console.log(\`http://localhost:\${server.address().port}\`))
} else {
  const { url } = await serve(app, { contracts, port: 0 })
  console.log(url)
}
`,
}

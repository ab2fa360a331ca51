import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Hono } from 'hono'
import type { Contracts } from '../../core/index.ts'

/**
 * Serves the OpenAPI document at `/openapi.json` and an API reference, Scalar, at `/reference`.
 * Everything comes from this machine: nothing is loaded from elsewhere.
 */
export function addReference(hono: Hono, contracts: Contracts): void {
  const { openapi } = contracts
  if (!openapi) return
  hono.get('/openapi.json', async (context) =>
    context.body(await readFile(openapi(), 'utf8'), 200, { 'content-type': 'application/json' }),
  )
  hono.get('/reference', (context) => context.html(page))
  hono.get('/reference/scalar.js', async (context) =>
    context.body(await readFile(await scalarFile(), 'utf8'), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'max-age=3600',
    }),
  )
}

/** The build copies Scalar's browser file beside this module; in a checkout it is a development dependency. */
async function scalarFile(): Promise<string> {
  const built = fileURLToPath(new URL('./scalar.js', import.meta.url))
  const installed = () => import.meta.resolve('@scalar/fastify-api-reference')
  return readFile(built).then(
    () => built,
    () => fileURLToPath(new URL('./js/standalone.js', installed())),
  )
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API reference</title>
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="app"></div>
    <script src="/reference/scalar.js"></script>
    <script>
      Scalar.createApiReference('#app', {
        url: '/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        showDeveloperTools: 'never',
      })
    </script>
  </body>
</html>
`

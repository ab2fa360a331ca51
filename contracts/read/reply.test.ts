import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProject } from './testing/project.ts'

test('the statuses and headers of answers are read from the options', async () => {
  using project = await createProject({
    'src/app.ts':
      "import { app } from './pikku.ts'\nimport * as own from './functions/own.ts'\nexport default app({ rpc: { own } })\n",
    'src/functions/own.ts': `import { func } from '../pikku.ts'
export const none = func({ auth: false }, async () => 1)
export const made = func({ reply: { status: 201, headers: { Location: 'Where it is.', 'x-left': 'How many.' } } }, async () => 1)
export const either = func({ reply: { status: [200, 201, 200] } }, async () => 1)
export const queued = func({ reply: { status: 202 } }, async () => {})
const reply = { status: 203 } as const
export const named = func({ reply }, async () => 1)
export const headers = func({ reply: { headers: { etag: 'The state.' } } }, async function* () { yield 1 })
`,
  })
  assert.deepEqual(
    project.model().operations.map(({ exportName, statuses, replyHeaders }) => [exportName, statuses, replyHeaders]),
    [
      ['none', undefined, undefined],
      [
        'made',
        [201],
        [
          { name: 'location', description: 'Where it is.' },
          { name: 'x-left', description: 'How many.' },
        ],
      ],
      ['either', [200, 201], undefined],
      ['queued', [202], undefined],
      ['named', [203], undefined],
      ['headers', undefined, [{ name: 'etag', description: 'The state.' }]],
    ],
  )
})

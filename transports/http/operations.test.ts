import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRuntime, pikku } from '../../core/index.ts'
import { routesOf } from './operations.ts'

test('a fixed part comes before a parameter, in whatever order routes are wired, with others between them', () => {
  const paths = ['/a/:id', '/a', '/a/:id/b', '/c/:id', '/a/stats', '/:any', '/a/:id/:other', '/']
  const { app, func } = pikku<object, never>()
  const all = func({ auth: false }, async () => {})
  for (let turn = 0; turn < paths.length; turn++) {
    const turned = [...paths.slice(turn), ...paths.slice(0, turn)]
    const http = Object.fromEntries(turned.map((path) => [`GET ${path}`, all]))
    const routes = turned.map((path) => ({ method: 'GET', path, parameters: [] }))
    const rest = { kind: 'call', auth: false, rpc: false, errors: [], services: [], schemas: async () => ({}) } as const
    const contracts = { version: 1, session: [], operations: [{ name: 'all', routes, ...rest }] } as const
    const runtime = createRuntime(app({ http }), { contracts, services: {} })
    const found = routesOf(runtime, '').map(({ route }) => route.path)
    const before = (one: string, other: string) => assert.ok(found.indexOf(one) < found.indexOf(other), found.join(' '))
    before('/a/stats', '/a/:id')
    before('/a', '/:any')
    before('/a/:id/b', '/a/:id/:other')
  }
})

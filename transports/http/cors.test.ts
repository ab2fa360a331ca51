import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cors, type CorsOptions } from './cors.ts'

const asking = (origin: string) => (name: string) =>
  ({ origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' })[name]

test('what is open to every page is so without cookies, and needs no caches of its own', () => {
  const cors = new Cors([], { origins: '*' })
  assert.deepEqual(cors.headersFor(undefined), [])
  const [origin] = cors.headersFor('https://any.example')
  assert.deepEqual(origin, ['access-control-allow-origin', '*'])
  assert.doesNotMatch(JSON.stringify(cors.headersFor('https://any.example')), /credentials/)
  const trusting = new Cors(['https://app.example.com'], { origins: '*' })
  assert.match(
    JSON.stringify(trusting.headersFor('https://app.example.com')),
    /"https:\/\/app.example.com".*credentials/,
  )
  assert.doesNotMatch(JSON.stringify(trusting.headersFor('https://any.example')), /credentials|any/)
})

test('where nobody is named, answers are alike for all', () => {
  assert.deepEqual(new Cors([]).headersFor('https://app.example.com'), [])
})

test('a function tells of origins, and is not asked about documents that have none', () => {
  const cors = new Cors((origin) => origin !== 'https://evil.example')
  assert.match(JSON.stringify(cors.headersFor('https://pr-1.example.com')), /pr-1.*credentials/)
  for (const origin of ['null', 'https://evil.example']) assert.deepEqual(cors.headersFor(origin), [['vary', 'origin']])
})

test('methods, headers and the time that the answer is good for are as the app says', () => {
  const told = (options: CorsOptions) =>
    Object.fromEntries(new Cors(['https://a.example'], options).preflight(asking('https://a.example')) ?? [])
  const own = told({ methods: ['PUT'], headers: ['x-b', 'x-c'], maxAge: 5 })
  assert.equal(own['access-control-allow-methods'], 'PUT')
  assert.equal(own['access-control-allow-headers'], 'x-b, x-c')
  assert.equal(own['access-control-max-age'], '5')
  assert.equal(told({})['access-control-allow-headers'], 'x-a')
  assert.equal(told({})['access-control-max-age'], undefined)
})

test('what is no origin is refused when the app starts', () => {
  for (const origin of ['*', 'null', 'app.example.com', 'https://app.example.com/', 'https://*.example.com'])
    assert.throws(() => new Cors([origin]), /is no origin/)
  new Cors(['http://localhost:3000', 'capacitor://localhost', 'chrome-extension://abcdef'])
})

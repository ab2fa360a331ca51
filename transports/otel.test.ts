import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import * as api from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { serve } from './node.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { Target } from './testing/conformance/target.ts'

const exporter = new InMemorySpanExporter()
api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
// As the propagator for `traceparent` of the SDK does, of which only this is needed.
api.propagation.setGlobalPropagator({
  inject() {},
  fields: () => ['traceparent'],
  extract(context, carrier, getter) {
    const [, traceId, spanId] = /^00-(\w{32})-(\w{16})-01$/.exec(String(getter.get(carrier, 'traceparent'))) ?? []
    if (!traceId || !spanId) return context
    return api.trace.setSpanContext(context, { traceId, spanId, traceFlags: 1, isRemote: true })
  },
})

const parent = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
const traceparent = `00-${parent.traceId}-${parent.spanId}-01`
// An address with an escape takes Hono's road.
const roads = {
  'straight from node:http': (text: string) => text,
  'through Hono': (text: string) => text.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`),
}

const server = await serve(app, { ...setup(), port: 0, signals: false })
const target = new Target(server.url)
after(() => server.close())

for (const [road, written] of Object.entries(roads)) {
  describe(`spans ${road}`, () => {
    beforeEach(() => exporter.reset())

    it('tell of a call, in the trace that its caller began', async () => {
      await (await target.call(written('/notes/1'), { headers: { traceparent } })).json()
      const [span, ...others] = exporter.getFinishedSpans()
      assert.ok(span)
      assert.equal(others.length, 0)
      assert.equal(span.name, 'GET /notes/:id')
      assert.equal(span.kind, api.SpanKind.SERVER)
      assert.equal(span.spanContext().traceId, parent.traceId)
      assert.equal(span.parentSpanContext?.spanId, parent.spanId)
      assert.equal(span.attributes['http.request.method'], 'GET')
      assert.equal(span.attributes['http.route'], '/notes/:id')
      assert.equal(span.attributes['rpc.method'], 'notes.get')
      assert.equal(span.attributes['http.response.status_code'], 200)
      assert.equal(span.status.code, api.SpanStatusCode.UNSET)
    })
    it('tell of a failure on the server, whose log lines have the trace, and take a refusal for none', async () => {
      const { requestId } = (await (await target.rpc(written('failures.unknown'), {}, { traceparent })).json()) as {
        requestId: string
      }
      await (await target.rpc(written('notes.mine'), {})).json()
      const [failed, refused] = exporter.getFinishedSpans()
      assert.equal(failed?.name, 'POST /rpc/failures.unknown')
      assert.equal(failed?.status.code, api.SpanStatusCode.ERROR)
      assert.equal(failed?.attributes['error.type'], '500')
      assert.equal(refused?.attributes['http.response.status_code'], 401)
      assert.equal(refused?.status.code, api.SpanStatusCode.UNSET)
      const lines = await target.logged(requestId)
      assert.ok(
        lines.some((line) => line.includes(parent.traceId)),
        lines.join('\n'),
      )
    })
  })
}

import type { Operation, RouteContract } from '../core/index.ts'
import type { HttpAnswer, HttpRequest } from './http/endpoint.ts'

/** What is needed of `@opentelemetry/api`, by its shape. */
export interface OpenTelemetry {
  readonly trace: {
    getTracer(name: string): {
      startActiveSpan<Result>(name: string, options: object, context: never, run: (span: Span) => Result): Result
    }
    getTracerProvider(): object
  }
  readonly ProxyTracerProvider: new () => { getDelegate(): object }
  readonly context: { active(): unknown }
  readonly propagation: {
    extract<Carrier>(
      context: never,
      carrier: Carrier,
      getter: { get(carrier: Carrier, key: string): string | undefined; keys(carrier: Carrier): string[] },
    ): unknown
  }
}

/** What is needed of a span, by its shape. */
export interface Span {
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { code: number }): unknown
  spanContext(): { readonly traceId: string }
  isRecording(): boolean
  end(): void
}

/** Puts spans around calls. */
export interface Tracing {
  /** Runs a call within a span of the server. `run` is given the id of the trace, for the log. */
  span(
    operation: Operation,
    route: RouteContract | undefined,
    request: HttpRequest,
    run: (traceId: string | undefined) => Promise<HttpAnswer>,
  ): Promise<HttpAnswer>
}

/** Of `SpanKind` and `SpanStatusCode` in `@opentelemetry/api`. */
const [kindServer, statusError] = [1, 2]

/**
 * Spans for every call, as the semantic conventions for HTTP servers name things
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/, 1.37). A trace that the caller began goes on.
 *
 * ```ts
 * createHono(app, { contracts, services, tracing: tracingWith(opentelemetry) })
 * ```
 *
 * @param api the module `@opentelemetry/api`, whose SDK the app sets up. `serve` finds it by itself.
 */
export function tracingWith(api: OpenTelemetry): Tracing {
  const tracer = api.trace.getTracer('pikku')
  const none = new api.ProxyTracerProvider().getDelegate()
  /** Whether the package is there, as it often is, and nobody has set it up. */
  const isIdle = () => {
    const provider = api.trace.getTracerProvider()
    return provider instanceof api.ProxyTracerProvider && provider.getDelegate() === none
  }
  return {
    span(operation, route, request, run) {
      if (isIdle()) return run(undefined)
      const parent = api.propagation.extract(api.context.active() as never, request, headersOf)
      const path = route?.path ?? `/rpc/${operation.name}`
      const attributes = {
        'http.request.method': request.method,
        'http.route': path,
        'rpc.method': operation.name,
        'url.scheme': request.url.startsWith('https:') ? 'https' : 'http',
        ...(request.address === undefined ? {} : { 'client.address': request.address }),
      }
      const options = { kind: kindServer, attributes }
      return tracer.startActiveSpan(`${request.method} ${path}`, options, parent as never, async (span) => {
        try {
          const answer = await run(span.isRecording() ? span.spanContext().traceId : undefined)
          span.setAttribute('http.response.status_code', answer.status)
          if (answer.status >= 500) {
            span.setAttribute('error.type', String(answer.status))
            span.setStatus({ code: statusError })
          }
          return answer
        } finally {
          span.end()
        }
      })
    },
  }
}

/** Tracing, where `@opentelemetry/api` is installed. */
export async function findTracing(): Promise<Tracing | undefined> {
  const name = '@opentelemetry/api'
  return import(name).then(
    (api: OpenTelemetry) => tracingWith(api),
    () => undefined,
  )
}

const headersOf = {
  get: (request: HttpRequest, name: string) => request.header(name.toLowerCase()),
  keys: () => [],
}

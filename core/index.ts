export { type ApiKey, hashApiKey } from './api-key.ts'
export type { App, AppDefinition, PathParameters, RouteKey, RpcTree, Wirable } from './app.ts'
export type { Call, Cookie, OfCall, Reply, ReplyOptions, SuccessStatus } from './call.ts'
export {
  type Channel,
  type ChannelCall,
  type ChannelDefinition,
  type ChannelPeer,
  type DefineChannel,
  type Type,
  type,
} from './channel.ts'
export type { BoundChannel, ServedChannel } from './channels.ts'
export type {
  AnswerContract,
  BodyContract,
  ChannelContract,
  Codec,
  CodecIssue,
  CodecResult,
  Contracts,
  ErrorContract,
  EventContract,
  FormField,
  OperationContract,
  Parameter,
  RouteContract,
  TextField,
} from './contract.ts'
export {
  type AnyErrorClass,
  type BuiltInCode,
  defineError,
  type ErrorClass,
  type ErrorInit,
  type Issue,
  PikkuError,
  statusOf,
} from './errors.ts'
export type { DefineFunc, Func, FuncOptions, Handler } from './func.ts'
export type {
  EntryListenOptions,
  EventOf,
  Hub,
  HubEntry,
  HubStart,
  ListenOptions,
  PublishOptions,
  Topic,
} from './hub.ts'
export type { IdempotencyOptions, IdempotencyStore, KeptAnswer, KeptCall } from './idempotency.ts'
export { consoleLog, type Log, type LogFields } from './log.ts'
export type { Middleware, Next } from './middleware.ts'
export type { Operation } from './operation.ts'
export {
  all,
  any,
  type Check,
  type DefineRoute,
  type PermissionCheck,
  type RouteAdditions,
  type Routed,
} from './permissions.ts'
export { type Pikku, pikku } from './pikku.ts'
export type { RateLimit, RateLimiter, Taken } from './rate-limit.ts'
export type { Caller } from './run.ts'
export { createRuntime, type Incoming, type Runtime, type RuntimeOptions } from './runtime.ts'
export type { SchemaInput, SchemaOutput, StandardIssue, StandardResult, StandardSchema } from './schema.ts'
export {
  type LazyServices,
  type PerCallFactory,
  perCall,
  type ServiceFactories,
  type SingletonFactory,
} from './services.ts'
export type {
  ApiKeySessionOptions,
  BearerSession,
  CookieSession,
  CookieSessionOptions,
  CookieSource,
  HeaderSession,
  ResolveSession,
  SessionSource,
} from './session.ts'
export { cookieNameOn, setSessionCookie } from './session-cookie.ts'
export { isEventId, Tracked, tracked } from './tracked.ts'

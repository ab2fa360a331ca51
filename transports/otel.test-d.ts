import * as api from '@opentelemetry/api'
import { tracingWith } from './otel.ts'

// The shape is that of the real module.
tracingWith(api)

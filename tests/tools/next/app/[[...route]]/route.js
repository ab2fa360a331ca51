import { toRouteHandlers } from 'pikku/next'
import { hono } from '../../hono.js'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toRouteHandlers(hono)

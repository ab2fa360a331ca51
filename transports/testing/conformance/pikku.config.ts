import { defineConfig } from 'pikku/config'

export default defineConfig({ openapi: { title: 'Conformance', version: '1.0.0' } })

import { defineConfig } from 'pikku/config'

export default defineConfig({
  openapi: {
    title: 'Chat',
    version: '1.0.0',
    description: 'Rooms where people talk, and share files.',
    license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    contact: { name: 'The authors of Pikku' },
  },
})

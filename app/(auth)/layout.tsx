import { headers } from 'next/headers'
import { PlainFrame } from '#app/_ui/plain-frame.tsx'
import { Lanes } from './lanes.tsx'
import { SignInHelp } from './sign-in-help.tsx'

export default async function AuthLayout({ children }: LayoutProps<'/'>) {
  const host = (await headers()).get('host')
  return (
    <PlainFrame
      home="/sign-in"
      tools={<SignInHelp />}
      backdrop={<Lanes />}
      footer={
        <>
          <span>{host}</span>
          <span>Self-hosted</span>
        </>
      }
    >
      <div className="flex-1 flex flex-col items-center justify-center px-4 py-6">{children}</div>
    </PlainFrame>
  )
}

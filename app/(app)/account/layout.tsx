import { currentWorkspace } from '#app/_server/current-workspace.ts'
import { PlainFrame } from '#app/_ui/plain-frame.tsx'
import { WorkspaceFrame } from '../workspace-frame.tsx'

export default async function AccountLayout({ children }: LayoutProps<'/account'>) {
  const workspace = await currentWorkspace()
  return workspace ? (
    <WorkspaceFrame slug={workspace.slug}>{children}</WorkspaceFrame>
  ) : (
    <PlainFrame>{children}</PlainFrame>
  )
}

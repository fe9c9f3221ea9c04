import { WorkspaceFrame } from '../../workspace-frame.tsx'

export default async function WorkspaceLayout({ children, params }: LayoutProps<'/w/[workspace]'>) {
  const { workspace } = await params
  return <WorkspaceFrame slug={workspace}>{children}</WorkspaceFrame>
}

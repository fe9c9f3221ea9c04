/** A cookie, so that the server's first page already leaves a dismissed checklist out. */
export function checklistCookie(workspaceId: string): string {
  return `baton_checklist_${workspaceId}`
}

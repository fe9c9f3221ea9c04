'use server'

import { defineWorkspaceAction } from '#app/_server/action.ts'
import { cancelTasks } from '#lib/tasks/cancel.ts'
import { taskSelection } from '#lib/tasks/requests.ts'
import { retryTasks } from '#lib/tasks/retry.ts'

export const cancelSelected = defineWorkspaceAction(taskSelection, cancelTasks)
export const retrySelected = defineWorkspaceAction(taskSelection, retryTasks)

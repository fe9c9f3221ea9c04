/** Documents that the list shows at once. */
export const LIST_LIMIT = 50
/** Pages that a document's page shows at once. */
export const PAGES_SHOWN = 20

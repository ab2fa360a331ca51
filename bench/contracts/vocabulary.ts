/** What the modules of a made-up project are about. With the qualifiers before them: 520 different names. */
export const nouns = [
  'Account', 'Album', 'Appointment', 'Article', 'Asset', 'Badge', 'Booking', 'Budget', 'Campaign', 'Card',
  'Case', 'Category', 'Contact', 'Contract', 'Coupon', 'Course', 'Customer', 'Delivery', 'Device', 'Employee',
  'Event', 'Folder', 'Goal', 'Invoice', 'Issue', 'Job', 'Lead', 'Lesson', 'License', 'Location',
  'Meeting', 'Member', 'Message', 'Order', 'Parcel', 'Patient', 'Payment', 'Plan', 'Product', 'Project',
  'Quote', 'Refund', 'Report', 'Room', 'Shipment', 'Site', 'Subscription', 'Survey', 'Team', 'Ticket',
  'Vehicle', 'Venue',
] as const

/** What stands before a noun when there are more modules than nouns. */
export const qualifiers = [
  '', 'Archived', 'External', 'Internal', 'Partner', 'Pending', 'Public', 'Regional', 'Shared', 'Template',
] as const

/** A property of an entity. */
export interface Field {
  readonly name: string
  readonly optional?: true
  /** The text of its type. `Self` stands for the entity. */
  readonly type: string
  readonly notes?: readonly string[]
  /** Names its type takes from `src/model/`. */
  readonly uses?: readonly string[]
}

/** What entities are made of, besides what all of them have. */
export const fields: readonly Field[] = [
  { name: 'title', type: 'string', notes: ['@minLength 1', '@maxLength 200'] },
  { name: 'summary', optional: true, type: 'string', notes: ['Shown in lists.', '@maxLength 500'] },
  { name: 'email', type: 'string', notes: ['@format email'] },
  { name: 'phone', optional: true, type: 'string | null', notes: ['@pattern ^\\+[0-9]{6,15}$'] },
  { name: 'website', optional: true, type: 'string', notes: ['@format uri'] },
  { name: 'quantity', type: 'number', notes: ['@minimum 0', '@maximum 100000'] },
  { name: 'weight', optional: true, type: 'number', notes: ['In kilograms.', '@exclusiveMinimum 0'] },
  { name: 'discount', optional: true, type: 'number', notes: ['A share of one.', '@minimum 0', '@maximum 1'] },
  { name: 'rating', type: 'number | null', notes: ['@minimum 1', '@maximum 5'] },
  { name: 'price', type: 'Money', uses: ['Money'] },
  { name: 'deposit', optional: true, type: 'Money | null', uses: ['Money'] },
  { name: 'dueAt', optional: true, type: 'Date', notes: ['When it must be done.'] },
  { name: 'deletedAt', type: 'Date | null' },
  { name: 'tags', type: 'string[]', notes: ['@maxItems 20'] },
  { name: 'labels', type: 'Record<string, string>' },
  { name: 'amounts', type: 'Record<Priority, number>', uses: ['Priority'] },
  { name: 'metadata', optional: true, type: 'Record<string, string | number | boolean | null>' },
  { name: 'priority', type: 'Priority', uses: ['Priority'] },
  { name: 'visibility', type: "'private' | 'team' | 'public'" },
  { name: 'reach', optional: true, type: 'Reach', uses: ['Reach'] },
  { name: 'position', type: '[latitude: number, longitude: number]' },
  { name: 'period', optional: true, type: '[from: Date, to: Date, note?: string]' },
  { name: 'address', type: 'Address', uses: ['Address'] },
  { name: 'billing', optional: true, type: 'Address | null', uses: ['Address'] },
  { name: 'owner', type: 'Actor', uses: ['Actor'] },
  { name: 'watchers', type: 'Actor[]', uses: ['Actor'] },
  { name: 'attachments', type: 'Attachment[]', uses: ['Attachment'] },
  { name: 'cover', optional: true, type: 'Attachment', uses: ['Attachment'] },
  { name: 'body', type: 'Block[]', notes: ['What it says, as a tree.'], uses: ['Block'] },
  { name: 'reference', optional: true, type: 'string | number' },
  { name: 'active', type: 'boolean' },
  { name: 'repeats', optional: true, type: 'Schedule | null', uses: ['Schedule'] },
  { name: 'history', type: 'readonly Revision[]', uses: ['Revision'] },
  { name: 'parent', optional: true, type: 'Self', notes: ['What it is a part of.'] },
  { name: 'children', type: 'Self[]' },
]

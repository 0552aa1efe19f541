// The rows that one create writes, made by hand: what the server stores for the same request, without asking why.

/** `crm_lead`, `crm_multifield`, `history`, `crm_stage_history` and `outbox` rows of one new lead, by table. */
export function rowsOf(fields, now, nextId) {
  const id = nextId('crm_lead')
  const points = [
    ['PHONE', fields.PHONE[0]],
    ['EMAIL', fields.EMAIL[0]],
  ]
  return {
    id,
    rows: {
      crm_lead: [leadRow(id, fields, now)],
      crm_multifield: points.map(([type, point]) => ({
        id: nextId('crm_multifield'),
        entity_type_id: 1,
        record_id: id,
        type_id: type,
        value_type: point.VALUE_TYPE,
        value: point.VALUE,
        normal: type === 'PHONE' ? point.VALUE.replace(/\D/g, '') : point.VALUE.toLowerCase(),
      })),
      history: [
        {
          id: nextId('history'),
          entity_type_id: 1,
          record_id: id,
          action: 'add',
          user_id: 1,
          time: now,
          changes: null,
        },
      ],
      crm_stage_history: [
        {
          id: nextId('crm_stage_history'),
          type_id: 1,
          entity_type_id: 1,
          owner_id: id,
          created_time: now,
          category_id: null,
          stage_semantic_id: { JUNK: 'F', CONVERTED: 'S' }[fields.STATUS_ID] ?? 'P',
          stage_id: fields.STATUS_ID,
        },
      ],
      outbox: [
        {
          id: nextId('outbox'),
          event: 'ONCRMLEADADD',
          entity_type_id: 1,
          record_id: id,
          user_id: 1,
          time: now,
          payload: `{"FIELDS":{"ID":${id}}}`,
          at: now * 1_000_000 + id,
          connector: null,
        },
      ],
    },
    counters: ['crm_lead', `crm_lead|s|${fields.STATUS_ID}`, 'crm_lead|p|1'],
  }
}

function leadRow(id, fields, now) {
  return {
    id,
    title: fields.TITLE,
    name: fields.NAME,
    last_name: fields.LAST_NAME,
    company_title: fields.COMPANY_TITLE,
    stage_id: fields.STATUS_ID,
    source_id: fields.SOURCE_ID,
    opportunity: Math.round(Number(fields.OPPORTUNITY) * 100),
    currency_id: fields.CURRENCY_ID,
    comments: fields.COMMENTS,
    post: fields.POST,
    address_city: fields.ADDRESS_CITY,
    utm_source: fields.UTM_SOURCE,
    created_time: now,
    created_by: 1,
    updated_time: now,
    updated_by: 1,
    last_activity_time: now,
    last_activity_by: 1,
    moved_time: now,
    moved_by: 1,
    assigned_by_id: 1,
    opened: 'Y',
    is_manual_opportunity: 'N',
    is_return_customer: 'N',
    stage_semantic_id: { JUNK: 'F', CONVERTED: 'S' }[fields.STATUS_ID] ?? 'P',
    date_closed: fields.STATUS_ID === 'JUNK' || fields.STATUS_ID === 'CONVERTED' ? now : null,
    has_phone: 'Y',
    has_email: 'Y',
    has_imol: 'N',
    search_content: `${id} ${fields.TITLE} ${fields.NAME} ${fields.LAST_NAME} ${fields.COMPANY_TITLE} ${fields.COMMENTS} ${fields.PHONE[0].VALUE} ${fields.EMAIL[0].VALUE}`,
  }
}

/** Columns that rows of UPPER_CASE methods don't show. */
export const hidden = new Set(['search_content', 'webform_id'])

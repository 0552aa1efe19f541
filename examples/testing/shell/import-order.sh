#!/usr/bin/env bash
# import-order.sh NUMBER TOTAL NAME EMAIL: makes a deal of an order, once, and prints its id.
# WEBHOOK is the address of the portal's webhook, with a slash at its end.
set -euo pipefail
number=$1 total=$2 name=$3 email=$4

call() {
  local method=$1 parameters=() each
  shift
  for each in "$@"; do parameters+=(--data-urlencode "$each"); done
  curl --fail-with-body --silent --show-error "$WEBHOOK$method" "${parameters[@]}"
}
first_id() { sed -nE 's/^\{"result":\[\{"ID":"([0-9]+)".*/\1/p'; }
new_id() { sed -nE 's/^\{"result":([0-9]+).*/\1/p'; }

deal=$(call crm.deal.list 'filter[ORIGINATOR_ID]=shop' "filter[ORIGIN_ID]=$number" 'select[]=ID' | first_id)
if [[ -n $deal ]]; then
  echo "$deal"
  exit
fi

contact=$(call crm.contact.list "filter[EMAIL]=$email" 'select[]=ID' | first_id)
[[ -n $contact ]] || contact=$(call crm.contact.add "fields[NAME]=$name" "fields[EMAIL][0][VALUE]=$email" | new_id)

call crm.deal.add "fields[TITLE]=Order $number" "fields[OPPORTUNITY]=$total" 'fields[CURRENCY_ID]=EUR' \
  "fields[CONTACT_ID]=$contact" 'fields[ORIGINATOR_ID]=shop' "fields[ORIGIN_ID]=$number" | new_id

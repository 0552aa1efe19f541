#!/usr/bin/env bash
# Tests of import-order.sh against a portal of their own. PORTICO_COMMAND says how it is started: `npx portico`, …
set -euo pipefail
cd "$(dirname "$0")"

facts=$(${PORTICO_COMMAND:-portico} start --memory --testing --port 0 --https-port off --background --output env)
eval "$facts"
trap 'kill "$PORTICO_PID"' EXIT
export WEBHOOK=$PORTICO_WEBHOOK

call() { curl --fail-with-body --silent --show-error "$WEBHOOK$1" --header 'Content-Type: application/json' --data "${2:-{\}}"; }
control() { curl --fail-with-body --silent --show-error --request POST "$PORTICO_CONTROL_URL/$1" --header "Authorization: Bearer $PORTICO_CONTROL_KEY" --output /dev/null; }
total() { call "$1" | sed -E 's/.*"total":([0-9]+).*/\1/'; }
passed=0
is() {
  if [[ $2 == "$3" ]]; then
    passed=$((passed + 1))
    echo "ok $passed - $1"
  else
    echo "not ok - $1: expected $3, and got $2"
    exit 1
  fi
}

first=$(./import-order.sh A-17 1490.50 Maria maria@example.com)
is 'an order becomes a deal' "$(total crm.deal.list)" 1
is 'with its amount' "$(call crm.deal.get "{\"id\":$first}" | grep -o '"OPPORTUNITY":"[^"]*"')" '"OPPORTUNITY":"1490.50"'
is 'an order that arrives twice is one deal' "$(./import-order.sh A-17 1490.50 Maria maria@example.com)" "$first"

./import-order.sh A-18 10 Maria maria@example.com >/dev/null
is 'a customer who is known stays one contact' "$(total crm.contact.list)" 1

control reset
is 'a reset takes all of it away' "$(total crm.deal.list)" 0
echo "1..$passed"

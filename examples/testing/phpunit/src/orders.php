<?php

declare(strict_types=1);

/**
 * Makes a deal of an order, once, and a contact where there is none with that e-mail address.
 *
 * @param array{number: string, total: float, name: string, email: string} $order
 * @return int the id of the deal
 */
function importOrder(array $order): int
{
    $call = static function (string $method, array $parameters): mixed {
        $answer = CRest::call($method, $parameters);
        if (isset($answer['error'])) {
            throw new RuntimeException("$method: {$answer['error']}: " . ($answer['error_description'] ?? $answer['error_information'] ?? ''));
        }

        return $answer['result'];
    };

    $origin = ['ORIGINATOR_ID' => 'shop', 'ORIGIN_ID' => $order['number']];
    $known = $call('crm.deal.list', ['filter' => $origin, 'select' => ['ID']]);
    if ($known !== []) {
        return (int) $known[0]['ID'];
    }

    $contacts = $call('crm.contact.list', ['filter' => ['EMAIL' => $order['email']], 'select' => ['ID']]);
    $contactId = $contacts[0]['ID'] ?? $call('crm.contact.add', [
        'fields' => ['NAME' => $order['name'], 'EMAIL' => [['VALUE' => $order['email'], 'VALUE_TYPE' => 'WORK']]],
    ]);

    return (int) $call('crm.deal.add', [
        'fields' => [
            'TITLE' => "Order {$order['number']}",
            'OPPORTUNITY' => $order['total'],
            'CURRENCY_ID' => 'EUR',
            'CONTACT_ID' => $contactId,
        ] + $origin,
    ]);
}

<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

final class OrdersTest extends TestCase
{
    private const ORDER = ['number' => 'A-17', 'total' => 1490.5, 'name' => 'Maria', 'email' => 'maria@example.com'];

    protected function setUp(): void
    {
        Portal::control('reset');
    }

    public function testAnOrderBecomesADealOfANewCustomer(): void
    {
        $deal = CRest::call('crm.deal.get', ['id' => importOrder(self::ORDER)])['result'];
        self::assertSame(['Order A-17', '1490.50'], [$deal['TITLE'], $deal['OPPORTUNITY']]);
        $contact = CRest::call('crm.contact.get', ['id' => $deal['CONTACT_ID']])['result'];
        self::assertSame(['Maria', 'maria@example.com'], [$contact['NAME'], $contact['EMAIL'][0]['VALUE']]);
    }

    public function testACustomerWhoIsKnownStaysOneContact(): void
    {
        $jonas = ['name' => 'Jonas', 'fm' => [['typeId' => 'EMAIL', 'valueType' => 'WORK', 'value' => 'jonas@example.com']]];
        Portal::control('seed', ['seed' => ['records' => ['contact' => ['jonas' => $jonas]]]]);
        importOrder(['name' => 'J.', 'email' => 'jonas@example.com'] + self::ORDER);
        self::assertSame(['Jonas'], array_column(CRest::call('crm.contact.list')['result'], 'NAME'));
    }

    public function testAnOrderThatArrivesTwiceIsOneDeal(): void
    {
        $first = importOrder(self::ORDER);
        self::assertSame($first, importOrder(self::ORDER));
        self::assertSame(1, CRest::call('crm.deal.list')['total']);
    }
}

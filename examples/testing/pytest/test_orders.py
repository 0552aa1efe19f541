from orders import import_order

ORDER = {"number": "A-17", "total": 1490.5, "name": "Maria", "email": "maria@example.com"}
JONAS = {"name": "Jonas", "fm": [{"typeId": "EMAIL", "valueType": "WORK", "value": "jonas@example.com"}]}


def test_an_order_becomes_a_deal_of_a_new_customer(client):
    deal_id = import_order(client, ORDER)
    [deal] = client.crm.deal.list(filter={"ID": deal_id}, select=["TITLE", "OPPORTUNITY", "CONTACT_ID"]).result
    [contact] = client.crm.contact.list(filter={"ID": deal["CONTACT_ID"]}, select=["NAME", "EMAIL"]).result
    assert (deal["TITLE"], deal["OPPORTUNITY"]) == ("Order A-17", "1490.50")
    assert (contact["NAME"], contact["EMAIL"][0]["VALUE"]) == ("Maria", "maria@example.com")


def test_a_customer_who_is_known_stays_one_contact(client, portal):
    portal.control("seed", seed={"records": {"contact": {"jonas": JONAS}}})
    import_order(client, {**ORDER, "name": "J.", "email": "jonas@example.com"})
    assert [each["NAME"] for each in client.crm.contact.list(select=["NAME"]).result] == ["Jonas"]


def test_an_order_that_arrives_twice_is_one_deal(client):
    first = import_order(client, ORDER)
    assert import_order(client, ORDER) == first
    assert len(client.crm.deal.list(select=["ID"]).result) == 1

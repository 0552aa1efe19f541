"""Orders of a shop become deals of their customers."""

from typing import TypedDict


class Order(TypedDict):
    number: str
    total: float
    name: str
    email: str


def import_order(client, order: Order) -> int:
    """Makes a deal of an order, once, and a contact where there is none with that e-mail address.

    client -- a ``b24pysdk.Client``. Returns the id of the deal.
    """
    origin = {"ORIGINATOR_ID": "shop", "ORIGIN_ID": order["number"]}
    known = client.crm.deal.list(filter=origin, select=["ID"]).result
    if known:
        return int(known[0]["ID"])

    contacts = client.crm.contact.list(filter={"EMAIL": order["email"]}, select=["ID"]).result
    if contacts:
        contact_id = int(contacts[0]["ID"])
    else:
        email = [{"VALUE": order["email"], "VALUE_TYPE": "WORK"}]
        contact_id = client.crm.contact.add(fields={"NAME": order["name"], "EMAIL": email}).result

    fields = {
        "TITLE": f"Order {order['number']}",
        "OPPORTUNITY": order["total"],
        "CURRENCY_ID": "EUR",
        "CONTACT_ID": contact_id,
        **origin,
    }
    return client.crm.deal.add(fields=fields).result

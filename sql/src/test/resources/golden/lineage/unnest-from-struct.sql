SELECT c.id, u.contact.value FROM silver.customers c, unnest(c.contacts) AS u(contact)

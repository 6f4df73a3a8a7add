SELECT address.city, c.address.geo.lat, (address).geo.lon AS lon, address['city'] AS city2 FROM silver.customers c

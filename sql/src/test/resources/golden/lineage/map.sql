SELECT map([status], [amount])['x'] AS m, map_keys(map {'k': id}) AS k FROM silver.orders

SELECT e.name, b.name AS boss FROM silver.staff e LEFT JOIN silver.staff b ON e.boss_id = b.id

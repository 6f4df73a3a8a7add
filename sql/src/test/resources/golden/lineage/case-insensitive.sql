SELECT ID, O.Status, "AMOUNT" AS Amount FROM Silver.Orders O

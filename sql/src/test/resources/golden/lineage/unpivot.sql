UNPIVOT silver.monthly ON jan, feb, mar INTO NAME month VALUE units

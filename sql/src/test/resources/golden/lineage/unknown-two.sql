SELECT secret FROM bronze.mystery, bronze.riddle

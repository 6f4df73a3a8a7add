SELECT current_database(), current_schema(), user()

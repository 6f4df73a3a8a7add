SELECT 'threads'.current_setting()
